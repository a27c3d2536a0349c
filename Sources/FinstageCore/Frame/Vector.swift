/// The values of one column of a frame, as narrow as they were created, with a bit for each row that shows whether it
/// has a value.
package struct Vector: @unchecked Sendable {
  /// The memory. Dates, times, decimals and positions in a pool of texts are integers; bools are 0 and 1.
  package enum Storage: Sendable {
    case int8([Int8])
    case int16([Int16])
    case int32([Int32])
    case int64([Int64])
    case uint8([UInt8])
    case uint16([UInt16])
    case uint32([UInt32])
    case float32([Float])
    case float64([Double])
  }

  package var type: DataType
  package var storage: Storage
  /// Nil where every row has a value.
  package var validity: Validity?
  /// The texts that the values of a text column refer to.
  package var texts: TextPool?
  /// Whether the pool was created for this vector alone, so that it may grow.
  private var ownsTexts = false

  package init(_ type: DataType, _ storage: Storage, validity: Validity? = nil, texts: TextPool? = nil) {
    self.type = type
    self.storage = storage
    self.validity = validity
    self.texts = texts
  }

  /// A column without rows.
  package static func empty(_ type: DataType) -> Vector {
    switch type {
    case .float32: Vector(type, .float32([]))
    case .float64: Vector(type, .float64([]))
    default: Vector(type, .int64([]), texts: type.isText ? TextPool() : nil)
    }
  }

  package static func nulls(_ type: DataType, count: Int) -> Vector {
    let none = Validity(repeating: false, count: count)
    switch type {
    case .float32, .float64:
      return Vector(.float64, .float64([Double](repeating: .nan, count: count)), validity: none)
    default:
      return Vector(
        type, .int64([Int64](repeating: 0, count: count)), validity: none, texts: type.isText ? TextPool() : nil)
    }
  }

  package var count: Int {
    switch storage {
    case .int8(let values): values.count
    case .int16(let values): values.count
    case .int32(let values): values.count
    case .int64(let values): values.count
    case .uint8(let values): values.count
    case .uint16(let values): values.count
    case .uint32(let values): values.count
    case .float32(let values): values.count
    case .float64(let values): values.count
    }
  }

  /// The values of a column of numbers as doubles, NaN for null. A number of 32 bits is the shortest decimal that stands for it, as it
  /// is written: 0.1, not 0.10000000149.
  package func shortestDoubles() -> [Double] {
    guard case .float32(let narrow) = storage else { return doubles() }
    return narrow.enumerated().map { row, value in isNull(row) ? .nan : Vector.shortest(value) }
  }

  /// The double that is written with the same digits.
  package static func shortest(_ value: Float) -> Double {
    value.isFinite ? Double(value.description) ?? Double(value) : Double(value)
  }

  /// Bytes of one value.
  package var width: Int {
    switch storage {
    case .int8, .uint8: 1
    case .int16, .uint16: 2
    case .int32, .uint32, .float32: 4
    case .int64, .float64: 8
    }
  }

  /// Bytes that the column takes, its texts included.
  package var byteCount: Int {
    var bytes = count * width + (validity.map { ($0.count + 7) / 8 } ?? 0)
    if let texts { for i in 0..<texts.count { bytes += texts.withBytes(i) { $0.count } + 4 } }
    return bytes
  }

  package var nullCount: Int { validity?.nullCount ?? 0 }

  package func isNull(_ row: Int) -> Bool { validity.map { !$0[row] } ?? false }

  // MARK: - Values

  /// The values as 64-bit integers; the integer of a null is undefined. Not for floats.
  package func integers() -> [Int64] {
    switch storage {
    case .int8(let values): values.map(Int64.init)
    case .int16(let values): values.map(Int64.init)
    case .int32(let values): values.map(Int64.init)
    case .int64(let values): values
    case .uint8(let values): values.map(Int64.init)
    case .uint16(let values): values.map(Int64.init)
    case .uint32(let values): values.map(Int64.init)
    case .float32(let values): values.map { Int64(exactly: $0.rounded(.towardZero)) ?? 0 }
    case .float64(let values): values.map { Int64(exactly: $0.rounded(.towardZero)) ?? 0 }
    }
  }

  /// The values as doubles, NaN for null; times and positions become the doubles of their integers.
  package func doubles() -> [Double] {
    var result: [Double]
    switch storage {
    case .float64(let values): result = values
    case .float32(let values): result = values.map(Double.init)
    default:
      if case .decimal(let scale) = type {
        let power = Vector.power(scale)
        result = integers().map { Double($0) / power }
      } else {
        result = integers().map(Double.init)
      }
    }
    if let validity { for row in result.indices where !validity[row] { result[row] = .nan } }
    return result
  }

  /// 10^scale, exact for all scales that decimals may have here.
  package static func power(_ scale: Int) -> Double {
    var power = 1.0
    for _ in 0..<scale { power *= 10 }
    return power
  }

  static func integerPower(_ scale: Int) -> Int64 {
    var power: Int64 = 1
    for _ in 0..<scale { power *= 10 }
    return power
  }

  /// The integer of one row.
  package func integer(_ row: Int) -> Int64 {
    switch storage {
    case .int8(let values): Int64(values[row])
    case .int16(let values): Int64(values[row])
    case .int32(let values): Int64(values[row])
    case .int64(let values): values[row]
    case .uint8(let values): Int64(values[row])
    case .uint16(let values): Int64(values[row])
    case .uint32(let values): Int64(values[row])
    case .float32(let values): Int64(exactly: values[row].rounded(.towardZero)) ?? 0
    case .float64(let values): Int64(exactly: values[row].rounded(.towardZero)) ?? 0
    }
  }

  /// Instants in nanoseconds, for columns of dates and timestamps; nil for other types, or if an instant is out of
  /// range.
  package func nanoseconds() -> [Int64]? {
    let unit: Int64
    switch type {
    case .date: unit = 86_400 * Timestamp.nanosecondsPerSecond
    case .timestamp(let timeUnit, _): unit = timeUnit.nanoseconds
    default: return nil
    }
    var result = integers()
    if unit == 1 { return result }
    for row in result.indices {
      let (product, overflow) = result[row].multipliedReportingOverflow(by: unit)
      if overflow {
        if isNull(row) { continue }
        return nil
      }
      result[row] = product
    }
    return result
  }

  /// Instants in microseconds since 1970; nil for other columns, and if one is not a whole number of them.
  private func microseconds() -> [Int64]? {
    guard case .timestamp(let unit, _) = type else { return nil }
    var result = integers()
    for row in result.indices where !isNull(row) {
      if unit.nanoseconds >= 1000 {
        let (product, overflows) = result[row].multipliedReportingOverflow(by: unit.nanoseconds / 1000)
        if overflows { return nil }
        result[row] = product
      } else {
        guard result[row] % 1000 == 0 else { return nil }
        result[row] /= 1000
      }
    }
    return result
  }

  // MARK: - Rows

  /// The rows at the given places, in that order.
  package func taking(_ rows: [Int]) -> Vector {
    func pick<Value>(_ values: [Value]) -> [Value] {
      values.withUnsafeBufferPointer { source in
        [Value](unsafeUninitializedCapacity: rows.count) { target, count in
          for (i, row) in rows.enumerated() { (target.baseAddress! + i).initialize(to: source[row]) }
          count = rows.count
        }
      }
    }
    var result = self
    switch storage {
    case .int8(let values): result.storage = .int8(pick(values))
    case .int16(let values): result.storage = .int16(pick(values))
    case .int32(let values): result.storage = .int32(pick(values))
    case .int64(let values): result.storage = .int64(pick(values))
    case .uint8(let values): result.storage = .uint8(pick(values))
    case .uint16(let values): result.storage = .uint16(pick(values))
    case .uint32(let values): result.storage = .uint32(pick(values))
    case .float32(let values): result.storage = .float32(pick(values))
    case .float64(let values): result.storage = .float64(pick(values))
    }
    if let validity {
      var taken = Validity(repeating: true, count: rows.count)
      for (i, row) in rows.enumerated() where !validity[row] { taken[i] = false }
      result.validity = taken
    }
    return result
  }

  /// The rows at the given places, in that order; a row of nulls where a place is -1.
  package func takingOrNull(_ rows: [Int]) -> Vector {
    guard let gap = rows.firstIndex(of: -1) else { return taking(rows) }
    guard count > 0 else { return Vector.nulls(type, count: rows.count) }
    var result = taking(rows.map { max($0, 0) })
    var validity = result.validity ?? Validity(repeating: true, count: rows.count)
    for (i, row) in rows[gap...].enumerated() where row < 0 { validity[gap + i] = false }
    result.validity = validity
    return result
  }

  /// A range of rows.
  package func slice(_ range: Range<Int>) -> Vector {
    if range == 0..<count { return self }
    var result = self
    switch storage {
    case .int8(let values): result.storage = .int8(Array(values[range]))
    case .int16(let values): result.storage = .int16(Array(values[range]))
    case .int32(let values): result.storage = .int32(Array(values[range]))
    case .int64(let values): result.storage = .int64(Array(values[range]))
    case .uint8(let values): result.storage = .uint8(Array(values[range]))
    case .uint16(let values): result.storage = .uint16(Array(values[range]))
    case .uint32(let values): result.storage = .uint32(Array(values[range]))
    case .float32(let values): result.storage = .float32(Array(values[range]))
    case .float64(let values): result.storage = .float64(Array(values[range]))
    }
    if let validity {
      var taken = Validity(repeating: true, count: range.count)
      for (i, row) in range.enumerated() where !validity[row] { taken[i] = false }
      result.validity = taken
    }
    return result
  }

  /// The rows of several vectors, one after the other; nil unless all are of one type and kept alike, without texts of several pools.
  static func joinedAlike(_ vectors: [Vector]) -> Vector? {
    guard let first = vectors.first, vectors.allSatisfy({ $0.type == first.type }) else { return nil }
    let count = vectors.reduce(0) { $0 + $1.count }
    var result = first
    func join<Value: BitwiseCopyable>(_ values: (Storage) -> [Value]?) -> [Value]? {
      var isAlike = true
      let joined = [Value](unsafeUninitializedCapacity: count) { target, filled in
        for vector in vectors {
          guard let more = values(vector.storage) else {
            isAlike = false
            break
          }
          more.withUnsafeBufferPointer { source in
            if let base = source.baseAddress {
              (target.baseAddress! + filled).initialize(from: base, count: source.count)
            }
          }
          filled += more.count
        }
      }
      return isAlike ? joined : nil
    }
    if first.type.isText {
      // Texts are numbered anew, in a pool of the result's own.
      let pool = TextPool()
      var codes = [Int64]()
      codes.reserveCapacity(count)
      for vector in vectors {
        guard case .int64(let own) = vector.storage, let texts = vector.texts else { return nil }
        let map = (0..<texts.count).map { code in Int64(texts.withBytes(code) { pool.intern($0) }) }
        if vector.validity == nil {
          for code in own { codes.append(map[Int(code)]) }
        } else {
          for (row, code) in own.enumerated() { codes.append(vector.isNull(row) ? 0 : map[Int(code)]) }
        }
      }
      result = Vector(first.type, .int64(codes), texts: pool)
      result.ownsTexts = true
    } else {
      switch first.storage {
      case .float64:
        guard let all = join({ if case .float64(let values) = $0 { values } else { nil } }) else { return nil }
        result.storage = .float64(all)
      case .int64:
        guard let all = join({ if case .int64(let values) = $0 { values } else { nil } }) else { return nil }
        result.storage = .int64(all)
      case .int32:
        guard let all = join({ if case .int32(let values) = $0 { values } else { nil } }) else { return nil }
        result.storage = .int32(all)
      default: return nil
      }
    }
    if vectors.contains(where: { $0.validity != nil }) {
      var validity = Validity(repeating: true, count: count)
      var start = 0
      for vector in vectors {
        if let own = vector.validity { for row in 0..<vector.count where !own[row] { validity[start + row] = false } }
        start += vector.count
      }
      result.validity = validity
    }
    return result
  }

  /// Appends the rows of another vector. Different types and widths are converted to one that holds both: 64-bit
  /// integers, doubles or text.
  package mutating func append(_ other: Vector) {
    if count == 0 {
      self = other
      return
    }
    if other.count == 0 { return }
    appendValidity(other)
    if type.isText && other.type.isText {
      appendTexts(other)
      return
    }
    if type == other.type {
      switch (storage, other.storage) {
      case (.float64(var values), .float64(let more)):
        storage = .int8([])  // so that the array is not shared while it grows
        values += more
        storage = .float64(values)
        return
      case (.int64(var values), .int64(let more)):
        storage = .int8([])
        values += more
        storage = .int64(values)
        return
      case (.int32(var values), .int32(let more)):
        storage = .int8([])
        values += more
        storage = .int32(values)
        return
      default: break
      }
    }
    appendUnlike(other)
  }

  private mutating func appendValidity(_ other: Vector) {
    guard validity != nil || other.validity != nil else { return }
    var joined = validity ?? Validity(repeating: true, count: count)
    if let more = other.validity {
      for row in 0..<other.count { joined.append(more[row]) }
    } else {
      joined.append(repeating: true, count: other.count)
    }
    validity = joined
  }

  private mutating func appendTexts(_ other: Vector) {
    let codes = other.integers()
    // Adding texts needs a pool of our own, so that other frames keep theirs unchanged.
    if let shared = texts, shared !== other.texts, !ownsTexts {
      let own = TextPool()
      for i in 0..<shared.count { shared.withBytes(i) { _ = own.intern($0) } }
      texts = own
      ownsTexts = true
    }
    var values: [Int64]
    if case .int64(let own) = storage { values = own } else { values = integers() }
    storage = .int8([])
    if let texts, let theirs = other.texts, texts !== theirs {
      var map = [Int64](repeating: -1, count: theirs.count)
      for (row, code) in codes.enumerated() {
        if other.isNull(row) {
          values.append(0)
          continue
        }
        if map[Int(code)] < 0 { map[Int(code)] = Int64(theirs.withBytes(Int(code)) { texts.intern($0) }) }
        values.append(map[Int(code)])
      }
    } else {
      values += codes
    }
    storage = .int64(values)
    if type != other.type { type = .string }
  }

  private mutating func appendUnlike(_ other: Vector) {
    let valid = validity
    defer { validity = valid }
    if type == .null || other.type == .null {
      let known = type == .null ? other : self
      let nulls = Vector.nulls(known.type, count: type == .null ? count : other.count)
      var joined = type == .null ? nulls : self
      joined.validity = nil
      var second = type == .null ? other : nulls
      second.validity = nil
      if known.type.isText { second.texts = known.texts; joined.texts = known.texts }
      joined.type = known.type
      second.type = known.type
      joined.append(second)
      self = joined
      return
    }
    if type == other.type, !type.isFloat {
      storage = .int64(integers() + other.integers())
    } else if case .timestamp(_, let zone) = type, case .timestamp = other.type,
      let own = nanoseconds(), let theirs = other.nanoseconds()
    {
      self = Vector(.timestamp(.nanosecond, zone: zone), .int64(own + theirs))
    } else if case .timestamp(_, let zone) = type, case .timestamp = other.type,
      let own = microseconds(), let theirs = other.microseconds()
    {
      // Years that nanoseconds do not reach.
      self = Vector(.timestamp(.microsecond, zone: zone), .int64(own + theirs))
    } else if type.isNumber && other.type.isNumber {
      let areIntegers = !type.isFloat && !other.type.isFloat && decimalScale == 0 && other.decimalScale == 0
      self =
        areIntegers
        ? Vector(.int(bits: 64), .int64(integers() + other.integers()))
        : Vector(.float64, .float64(doubles() + other.doubles()))
    } else {
      let pool = TextPool()
      var codes: [Int64] = []
      for vector in [self, other] {
        for row in 0..<vector.count { codes.append(vector.isNull(row) ? 0 : Int64(pool.intern(vector.text(row)))) }
      }
      self = Vector(.string, .int64(codes), texts: pool)
    }
  }

  private var decimalScale: Int {
    if case .decimal(let scale) = type { return scale }
    return 0
  }

  /// One value as plain text, as in CSV; empty for null.
  package func text(_ row: Int) -> String {
    if isNull(row) { return "" }
    switch type {
    case .null: return ""
    case .bool: return integer(row) != 0 ? "true" : "false"
    case .int, .uint: return String(integer(row))
    case .float32:
      if case .float32(let values) = storage { return NumberText.string(Double(values[row].description) ?? .nan) }
      return NumberText.string(doubles()[row])
    case .float64:
      if case .float64(let values) = storage { return NumberText.string(values[row]) }
      return NumberText.string(doubles()[row])
    case .decimal(let scale): return Vector.decimalText(integer(row), scale: scale)
    case .date: return Timestamp.dateString(day: integer(row))
    case .timestamp(let unit, _):
      return Timestamp.string(integer(row), unit: unit.nanoseconds)
    case .time(let unit):
      let text = Timestamp.string(integer(row) &* unit.nanoseconds)
      return String(text.dropFirst(11).dropLast())
    case .string, .json: return texts?[Int(integer(row))] ?? ""
    }
  }

  /// A scaled integer in its shortest form: 30340 with scale 2 is 303.4.
  static func decimalText(_ value: Int64, scale: Int) -> String {
    var digits = String(value.magnitude)
    if scale > 0 {
      if digits.count <= scale { digits = String(repeating: "0", count: scale + 1 - digits.count) + digits }
      var fraction = digits.suffix(scale)
      while fraction.last == "0" { fraction.removeLast() }
      digits = String(digits.dropLast(scale)) + (fraction.isEmpty ? "" : "." + fraction)
    }
    return (value < 0 ? "-" : "") + digits
  }
}
