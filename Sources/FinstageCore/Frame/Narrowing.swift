extension Vector {
  /// How values may be narrowed.
  package struct NarrowingRule: Sendable {
    /// The largest relative change of a number that is neither a time nor a volume; nil allows no change.
    package var maxError: Double?

    package init(maxError: Double? = nil) { self.maxError = maxError }
  }

  /// The same values in as few bytes as possible. Integers become as narrow as their range allows, decimals with few
  /// places become scaled integers, doubles that fit in 32 bits become 32-bit floats, times use the coarsest exact
  /// unit, and texts are stored by number.
  package func narrowed(_ rule: NarrowingRule = NarrowingRule()) -> Vector {
    switch type {
    case .null: return self
    case .int: return narrowedIntegers { .int(bits: $0) }
    case .uint, .decimal, .date, .time, .string, .json, .bool: return stored(type, integers())
    case .timestamp(_, let zone):
      guard let instants = nanoseconds() else { return self }
      let unit =
        TimeUnit.allCases.first { unit in
          instants.indices.allSatisfy { isNull($0) || instants[$0] % unit.nanoseconds == 0 }
        } ?? .nanosecond
      return stored(.timestamp(unit, zone: zone), instants.map { $0 / unit.nanoseconds })
    case .float32: return self
    case .float64:
      let values = doubles()
      if let scale = Decimals.scale(values, validity), let scaled = Decimals.scaled(values, scale, validity) {
        if scale == 0 { return Vector(.int(bits: 64), .int64(scaled), validity: validity).narrowed() }
        let exact = stored(.decimal(scale: scale), scaled)
        if exact.width <= 4 { return exact }
        return narrowedFloats(values, rule) ?? exact
      }
      return narrowedFloats(values, rule) ?? self
    }
  }

  private func narrowedFloats(_ values: [Double], _ rule: NarrowingRule) -> Vector? {
    let bound = rule.maxError ?? 0
    for row in values.indices where !isNull(row) {
      let narrow = Double(Float(values[row]))
      guard narrow == values[row] || values[row].isNaN || abs(narrow - values[row]) <= bound * abs(values[row]) else {
        return nil
      }
    }
    return Vector(.float32, .float32(values.map { Float($0) }), validity: validity)
  }

  private func narrowedIntegers(_ named: (Int) -> DataType) -> Vector {
    let values = integers()
    let width = Vector.width(values, validity)
    return stored(named(width * 8), values)
  }

  private static func width(_ values: [Int64], _ validity: Validity?) -> Int {
    var all: UInt64 = 0
    if let validity {
      for row in values.indices where validity[row] { all |= UInt64(bitPattern: values[row] ^ values[row] >> 63) }
    } else {
      for value in values { all |= UInt64(bitPattern: value ^ value >> 63) }
    }
    let bits = 65 - all.leadingZeroBitCount
    return bits <= 8 ? 1 : bits <= 16 ? 2 : bits <= 32 ? 4 : 8
  }

  /// Stores integers in the narrowest type that holds them; a null is stored as 0.
  private func stored(_ type: DataType, _ all: [Int64]) -> Vector {
    var values = all
    if let validity { for row in values.indices where !validity[row] { values[row] = 0 } }
    let storage: Storage
    if type.isText || type == .bool {
      // Positions are never negative.
      let most = values.max() ?? 0
      storage =
        most <= 0xFF
        ? .uint8(values.map { UInt8(truncatingIfNeeded: $0) })
        : most <= 0xFFFF
          ? .uint16(values.map { UInt16(truncatingIfNeeded: $0) })
          : .uint32(values.map { UInt32(truncatingIfNeeded: $0) })
    } else {
      switch Vector.width(values, nil) {
      case 1: storage = .int8(values.map { Int8(truncatingIfNeeded: $0) })
      case 2: storage = .int16(values.map { Int16(truncatingIfNeeded: $0) })
      case 4: storage = .int32(values.map { Int32(truncatingIfNeeded: $0) })
      default: storage = .int64(values)
      }
    }
    let mask = validity?.nullCount == 0 ? nil : validity
    return Vector(type, storage, validity: mask, texts: texts)
  }
}

extension Frame {
  /// All columns as narrow as their values allow. Volume is never rounded.
  package func narrowed(_ rule: Vector.NarrowingRule = Vector.NarrowingRule()) -> Frame {
    Frame(
      columns.map { column in
        let exact = column.name.lowercased().contains("volume")
        return Column(column.name, column.vector.narrowed(exact ? Vector.NarrowingRule() : rule))
      }, rows: rows)
  }

  /// The bytes that the frame would take with 64-bit values and a separate text for each row, as in an untyped table.
  package var plainByteCount: Int {
    columns.reduce(0) { sum, column in
      let vector = column.vector
      guard vector.type.isText, let texts = vector.texts else { return sum + rows * 8 }
      let lengths = (0..<texts.count).map { i in texts.withBytes(i) { $0.count } }
      return sum
        + vector.integers().indices.reduce(0) { $0 + 16 + (vector.isNull($1) ? 0 : lengths[Int(vector.integer($1))]) }
    }
  }
}
