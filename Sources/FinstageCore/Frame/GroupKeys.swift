import FinstageSystem

/// Assigns numbers to groups of rows with equal keys, in order of appearance. A key column that a frame lacks is null in all its rows.
///
/// Open addressing over the keys as integers; the hash is seeded for each table, so that no input can be made to collide on purpose.
package struct GroupKeys {
  private let columns: [String]
  private var pools: [TextPool]
  /// The keys of all groups, one after the other.
  private var keys: [Int64] = []
  /// The number of a group plus 1; 0 is free.
  private var table = [UInt32](repeating: 0, count: 256)
  private let seed: UInt64
  package private(set) var count = 0

  package init(_ columns: [String]) {
    self.columns = columns
    pools = columns.map { _ in TextPool() }
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
        // Keys of texts are numbers of the pool; -1 and what is less is null.
        let place = key < 0 ? 0 : Int(key) + 1
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
      let map = (0..<texts.count).map { code in Int64(texts.withBytes(code) { pools[column].intern($0) }) }
      values = vector.integers()
      for row in values.indices { values[row] = vector.isNull(row) ? .min : map[Int(values[row])] }
      return values
    }
    if let instants = vector.nanoseconds() {
      values = instants
    } else if vector.type.isFloat {
      values = vector.doubles().map { Int64(bitPattern: ($0 == 0 ? 0.0 : $0).bitPattern) }
    } else {
      values = vector.integers()
    }
    if vector.validity != nil { for row in values.indices where vector.isNull(row) { values[row] = .min } }
    return values
  }
}
