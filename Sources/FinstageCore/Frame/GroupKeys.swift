import FinstageSystem

/// Assigns numbers to groups of rows with equal keys, in order of appearance. A key column that a frame lacks is null in all its rows.
///
/// Open addressing over the keys as integers; the hash is seeded for each table, so that no input can be made to collide on purpose.
package struct GroupKeys {
  private let columns: [String]
  private var pools: [TextPool]
  private var unusual: [[Unusual: Int64]]
  /// The keys of all groups, one after the other.
  private var keys: [Int64] = []
  /// The number of a group plus 1; 0 is free.
  private var table = [UInt32](repeating: 0, count: 256)
  private let seed: UInt64
  package private(set) var count = 0

  package init(_ columns: [String]) {
    self.columns = columns
    pools = columns.map { _ in TextPool() }
    unusual = columns.map { _ in [:] }
    var random = SystemRandomNumberGenerator()
    seed = random.next()
  }

  /// The number of the group of each row.
  package mutating func numbers(_ frame: Frame) -> [Int] {
    let rows = frame.rows
    let values = columns.indices.map { keyValues($0, frame) }
    let width = columns.count
    if width == 1, let texts = frame[columns[0]]?.texts, frame[columns[0]]?.type.isText == true {
      // Texts are numbered in the frame already.
      var known = [Int](repeating: -1, count: texts.count + 1)
      return values[0].map { key in
        let place = key < 0 ? 0 : Int(key - GroupKeys.firstText) + 1
        if place < known.count, known[place] >= 0 { return known[place] }
        let group = withUnsafePointer(to: key) { number($0, 1) }
        if place < known.count { known[place] = group }
        return group
      }
    }
    var key = [Int64](repeating: 0, count: max(width, 1))
    return [Int](unsafeUninitializedCapacity: rows) { result, count in
      for row in 0..<rows {
        for i in 0..<width { key[i] = values[i][row] }
        (result.baseAddress! + row).initialize(to: key.withUnsafeBufferPointer { number($0.baseAddress!, width) })
      }
      count = rows
    }
  }

  @inline(__always)
  private func hash(_ key: UnsafePointer<Int64>, _ width: Int) -> UInt64 {
    var state = seed
    for i in 0..<width {
      let product = (state ^ UInt64(bitPattern: key[i])).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
      state = product.high ^ product.low
    }
    return state
  }

  @inline(__always)
  private mutating func number(_ key: UnsafePointer<Int64>, _ width: Int) -> Int {
    let mask = table.count - 1
    var place = Int(truncatingIfNeeded: hash(key, width)) & mask
    while true {
      let group = Int(table[place]) - 1
      if group < 0 { break }
      var i = 0
      while i < width, keys[group &* width &+ i] == key[i] { i &+= 1 }
      if i == width { return group }
      place = (place &+ 1) & mask
    }
    table[place] = UInt32(count + 1)
    for i in 0..<width { keys.append(key[i]) }
    count += 1
    if count * 2 > table.count { grow(width) }
    return count - 1
  }

  private mutating func grow(_ width: Int) {
    var wider = [UInt32](repeating: 0, count: table.count * 4)
    let mask = wider.count - 1
    keys.withUnsafeBufferPointer { keys in
      for group in 0..<count {
        var place = 0
        // A table without columns has one group and never grows.
        if let base = keys.baseAddress { place = Int(truncatingIfNeeded: hash(base + group * width, width)) & mask }
        while wider[place] != 0 { place = (place &+ 1) & mask }
        wider[place] = UInt32(group + 1)
      }
    }
    table = wider
  }

  /// A key column as integers that are equal for equal values, in all frames.
  private mutating func keyValues(_ column: Int, _ frame: Frame) -> [Int64] {
    guard let vector = frame[columns[column]] else { return [Int64](repeating: .min, count: frame.rows) }
    var values: [Int64]
    if vector.type.isText, let texts = vector.texts {
      // The pool may have many more texts than the frame.
      var map = [Int64](repeating: -1, count: texts.count)
      values = vector.integers()
      for row in values.indices {
        if vector.isNull(row) {
          values[row] = .min
          continue
        }
        let code = Int(values[row])
        if map[code] < 0 { map[code] = GroupKeys.firstText + Int64(texts.withBytes(code) { pools[column].intern($0) }) }
        values[row] = map[code]
      }
      return values
    }
    switch vector.type {
    case .float32, .float64:
      values = vector.shortestDoubles().map { key(column, of: $0) }
    case .decimal(let scale):
      values = vector.integers().map { key(column, of: $0, scale: scale) }
    case .date:
      values = vector.integers().map { key(column, ofTime: $0, unit: 86_400 * Timestamp.nanosecondsPerSecond) }
    case .timestamp(let unit, _):
      values = vector.integers().map { key(column, ofTime: $0, unit: unit.nanoseconds) }
    default:
      values = vector.integers().map { key(column, of: $0) }
    }
    if vector.validity != nil { for row in values.indices where vector.isNull(row) { values[row] = .min } }
    return values
  }

  // MARK: - Numbers and times

  /// A number or time that is not its own key. Equal ones are equal whatever type they come from.
  private enum Unusual: Hashable {
    case integer(Int64)
    /// The bits of a number with a fraction, also of a decimal whose digits a double can hold.
    case double(UInt64)
    /// Of more digits than a double has, without zeros at the end.
    case decimal(Int64, scale: Int)
    case time(seconds: Int64, nanoseconds: Int64)
  }

  /// Integers, and instants in nanoseconds, in this range are their own keys; the keys below it are numbers of `unusual`.
  private static let plain = -(Int64(1) << 62)..<Int64(1) << 62

  /// The keys of texts are their numbers above this: no number has such a key.
  private static let firstText = Int64(1) << 62

  private mutating func key(_ column: Int, _ value: Unusual) -> Int64 {
    if let known = unusual[column][value] { return known }
    let new = Int64.min + 1 + Int64(unusual[column].count)
    unusual[column][value] = new
    return new
  }

  private mutating func key(_ column: Int, of value: Int64) -> Int64 {
    GroupKeys.plain.contains(value) ? value : key(column, .integer(value))
  }

  private mutating func key(_ column: Int, of value: Double) -> Int64 {
    if let integer = Int64(exactly: value) { return key(column, of: integer) }
    return key(column, .double(value.isNaN ? Double.nan.bitPattern : value.bitPattern))
  }

  private mutating func key(_ column: Int, of mantissa: Int64, scale: Int) -> Int64 {
    var (mantissa, scale) = (mantissa, scale)
    while scale > 0, mantissa % 10 == 0 { (mantissa, scale) = (mantissa / 10, scale - 1) }
    if scale == 0 { return key(column, of: mantissa) }
    if mantissa.magnitude <= 1 << 53, scale <= 22 { return key(column, of: Double(mantissa) / Vector.power(scale)) }
    return key(column, .decimal(mantissa, scale: scale))
  }

  private mutating func key(_ column: Int, ofTime value: Int64, unit: Int64) -> Int64 {
    let (nanoseconds, overflows) = value.multipliedReportingOverflow(by: unit)
    if !overflows, GroupKeys.plain.contains(nanoseconds) { return nanoseconds }
    let second = Timestamp.nanosecondsPerSecond
    if unit >= second {
      return key(
        column, .time(seconds: value.multipliedReportingOverflow(by: unit / second).partialValue, nanoseconds: 0))
    }
    let perSecond = second / unit
    let (seconds, rest) = (value / perSecond, value % perSecond)
    return key(
      column, .time(seconds: rest < 0 ? seconds - 1 : seconds, nanoseconds: (rest < 0 ? rest + perSecond : rest) * unit)
    )
  }
}
