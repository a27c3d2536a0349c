extension Vector {
  /// The same values as another type; nil if a value cannot be converted without loss.
  package func cast(to wanted: DataType) -> Vector? {
    if type == wanted { return self }
    if type == .null { return Vector.nulls(wanted, count: count).retyped(wanted) }
    switch wanted {
    case .null: return nullCount == count ? Vector.nulls(.null, count: count) : nil
    case .int(let bits): return whole(wanted, Vector.range(bits: bits, isSigned: true))
    case .uint(let bits): return whole(wanted, Vector.range(bits: bits, isSigned: false))
    case .float64:
      guard type.isNumber || type == .bool else { return parsed(wanted) }
      if case .int = type, !integersFitDoubles { return nil }
      return Vector(.float64, .float64(doubles()), validity: validity)
    case .float32:
      let values = doubles()
      guard type.isNumber else { return parsed(wanted) }
      for row in values.indices where !isNull(row) && values[row].isFinite && Double(Float(values[row])) != values[row]
      {
        return nil
      }
      return Vector(.float32, .float32(values.map { Float($0) }), validity: validity)
    case .decimal(let scale): return decimal(scale)
    case .date:
      guard let instants = nanoseconds() else { return parsed(wanted) }
      let day = 86_400 * Timestamp.nanosecondsPerSecond
      for row in instants.indices where !isNull(row) && instants[row] % day != 0 { return nil }
      return Vector(.date, .int32(instants.map { Int32($0 / day) }), validity: validity)
    case .timestamp(let unit, _):
      guard let own = tick else { return parsed(wanted) }
      return rescaled(from: own, to: unit.nanoseconds).map { Vector(wanted, .int64($0), validity: validity) }
    case .time: return nil
    case .bool:
      guard type.isNumber, !type.isFloat else { return parsed(wanted) }
      let values = integers()
      for row in values.indices where !isNull(row) && values[row] != 0 && values[row] != 1 { return nil }
      return Vector(.bool, .int64(values), validity: validity)
    case .string:
      if type == .json { return retyped(.string) }
      let pool = TextPool()
      let codes = (0..<count).map { isNull($0) ? 0 : Int64(pool.intern(text($0))) }
      return Vector(.string, .int64(codes), validity: validity, texts: pool)
    case .json:
      let pool = TextPool()
      let codes = (0..<count).map { row -> Int64 in
        if isNull(row) { return 0 }
        let plain = text(row)
        return Int64(pool.intern(type.isNumber || type == .bool ? plain : JSONValue.string(plain).text))
      }
      return Vector(.json, .int64(codes), validity: validity, texts: pool)
    }
  }

  /// The values as texts.
  package func asTexts() -> Vector {
    guard type == .json, let texts else { return type == .string ? self : cast(to: .string) ?? self }
    // Of a mixed column, texts are in quotes.
    let pool = TextPool()
    let map = (0..<texts.count).map { code in
      let json = texts[code]
      return Int64(pool.intern((try? JSONValue.parse(Array(json.utf8)))?.string ?? json))
    }
    let codes = integers().enumerated().map { isNull($0) ? 0 : map[Int($1)] }
    return Vector(.string, .int64(codes), validity: validity, texts: pool)
  }

  /// How many nanoseconds the integers of a column of times count by; nil for other columns.
  private var tick: Int64? {
    switch type {
    case .date: 86_400 * Timestamp.nanosecondsPerSecond
    case .timestamp(let unit, _): unit.nanoseconds
    default: nil
    }
  }

  /// Times in another unit; nil if one of them is not a whole number of it, or beyond 64 bits.
  private func rescaled(from own: Int64, to wanted: Int64) -> [Int64]? {
    var values = integers()
    if own == wanted { return values }
    let (factor, divisor) = own > wanted ? (own / wanted, 1) : (1, wanted / own)
    for row in values.indices {
      let (product, overflow) = values[row].multipliedReportingOverflow(by: factor)
      if (overflow || product % divisor != 0) && !isNull(row) { return nil }
      values[row] = overflow ? 0 : product / divisor
    }
    return values
  }

  private func retyped(_ type: DataType) -> Vector {
    var result = self
    result.type = type
    return result
  }

  package static func range(bits: Int, isSigned: Bool) -> ClosedRange<Int64> {
    if isSigned { return bits == 64 ? Int64.min...Int64.max : -(1 << (bits - 1))...(1 << (bits - 1)) - 1 }
    return 0...(bits == 64 ? Int64.max : (1 << bits) - 1)
  }

  private var integersFitDoubles: Bool {
    guard width == 8 else { return true }
    let values = integers()
    return !values.indices.contains { !isNull($0) && values[$0].magnitude > 1 << 53 }
  }

  private func whole(_ wanted: DataType, _ range: ClosedRange<Int64>) -> Vector? {
    guard type.isNumber || type == .bool else { return parsed(wanted) }
    var values: [Int64]
    if type.isFloat {
      let numbers = doubles()
      values = [Int64](repeating: 0, count: count)
      for row in values.indices where !isNull(row) {
        guard let value = Int64(exactly: numbers[row]) else { return nil }
        values[row] = value
      }
    } else if case .decimal(let scale) = type {
      let power = Vector.integerPower(scale)
      values = integers()
      for row in values.indices where !isNull(row) {
        if values[row] % power != 0 { return nil }
        values[row] /= power
      }
    } else {
      values = integers()
    }
    for row in values.indices where !isNull(row) && !range.contains(values[row]) { return nil }
    return Vector(wanted, .int64(values), validity: validity)
  }

  private func decimal(_ scale: Int) -> Vector? {
    guard (0...18).contains(scale) else { return nil }
    if type.isFloat {
      guard let values = Decimals.scaled(doubles(), scale, validity) else { return nil }
      return Vector(.decimal(scale: scale), .int64(values), validity: validity)
    }
    guard type.isNumber else { return parsed(.decimal(scale: scale)) }
    var own = 0
    if case .decimal(let known) = type { own = known }
    var values = integers()
    let power = Vector.integerPower(abs(scale - own))
    for row in values.indices where !isNull(row) {
      if scale >= own {
        let (product, overflow) = values[row].multipliedReportingOverflow(by: power)
        if overflow { return nil }
        values[row] = product
      } else {
        if values[row] % power != 0 { return nil }
        values[row] /= power
      }
    }
    return Vector(.decimal(scale: scale), .int64(values), validity: validity)
  }

  /// Parses texts as values of another type.
  private func parsed(_ wanted: DataType) -> Vector? {
    guard type.isText, let texts else { return nil }
    func value(_ text: String) -> Int64? {
      switch wanted {
      case .int, .uint:
        guard let value = Int64(text) else { return nil }
        return value
      case .date, .timestamp: return Timestamp.parse(text)
      case .bool: return text == "true" ? 1 : text == "false" ? 0 : nil
      default: return nil
      }
    }
    let codes = integers()
    if wanted.isFloat || { if case .decimal = wanted { true } else { false } }() {
      let known = (0..<texts.count).map { Double(texts[$0]) }
      var numbers = [Double](repeating: .nan, count: count)
      for row in numbers.indices where !isNull(row) {
        guard let number = known[Int(codes[row])], number.isFinite else { return nil }
        numbers[row] = number
      }
      return Vector(.float64, .float64(numbers), validity: validity).cast(to: wanted)
    }
    var known = (0..<texts.count).map { value(texts[$0]) }
    var unit = TimeUnit.nanosecond
    if case .timestamp(let asked, _) = wanted, asked.nanoseconds >= 1000, known.contains(nil) {
      known = (0..<texts.count).map { Timestamp.parseMicroseconds(texts[$0]) }
      unit = .microsecond
    }
    var numbers = [Int64](repeating: 0, count: count)
    for row in numbers.indices where !isNull(row) {
      guard let number = known[Int(codes[row])] else { return nil }
      numbers[row] = number
    }
    switch wanted {
    case .date, .timestamp:
      return Vector(.timestamp(unit, zone: "UTC"), .int64(numbers), validity: validity).cast(to: wanted)
    case .int, .uint:
      return Vector(.int(bits: 64), .int64(numbers), validity: validity).cast(to: wanted)
    default: return Vector(wanted, .int64(numbers), validity: validity)
    }
  }
}

/// Doubles that are decimals with few places, as most prices are.
enum Decimals {
  /// The values times 10^scale, as integers; nil unless each integer, divided by 10^scale, gives exactly the same
  /// double.
  static func scaled(_ values: [Double], _ scale: Int, _ validity: Validity?) -> [Int64]? {
    let power = Vector.power(scale)
    var isExact = true
    let result = [Int64](unsafeUninitializedCapacity: max(values.count, 1)) { out, count in
      values.withUnsafeBufferPointer { values in
        for row in values.indices {
          let value = values[row]
          let scaled = (value * power).rounded(.toNearestOrEven)
          // NaN stands for null; -0.0 has no decimal form.
          let isFine = scaled / power == value && abs(scaled) < 9e15 && (value != 0 || value.sign == .plus)
          if isFine {
            out[row] = Int64(scaled)
          } else {
            out[row] = 0
            if validity.map({ $0[row] }) ?? true { isExact = false }
          }
        }
      }
      count = values.count
    }
    return isExact ? result : nil
  }

  /// The smallest scale that fits all values; nil if a value needs more than nine places or is not a decimal.
  package static func scale(_ values: [Double], _ validity: Validity?) -> Int? {
    // A few values show which scale to try first.
    var scale = 0
    for row in stride(from: 0, to: values.count, by: max(values.count / 64, 1)) where validity.map({ $0[row] }) ?? true
    {
      while scale <= 9, !isDecimal(values[row], scale) { scale += 1 }
      if scale > 9 { return nil }
    }
    var row = 0
    while row < values.count {
      if validity.map({ $0[row] }) ?? true, !isDecimal(values[row], scale) {
        scale += 1
        if scale > 9 { return nil }
        continue
      }
      row += 1
    }
    return scale
  }

  @inline(__always)
  private static func isDecimal(_ value: Double, _ scale: Int) -> Bool {
    let power = powers[scale]
    let scaled = (value * power).rounded(.toNearestOrEven)
    return scaled / power == value && abs(scaled) < 9e15 && (value != 0 || value.sign == .plus)
  }

  private static let powers: InlineArray<10, Double> = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9]
}
