/// How one column of a frame is stored in a Parquet file.
struct ParquetColumn: Sendable {
  package let name: String
  /// The type that readers see.
  package let type: DataType
  /// The physical type, a code of `ParquetCode`.
  let physical: Int

  /// Chooses the types from the first rows.
  /// - Parameter keepsDoubles: prices stay doubles, even if they are decimals with few places.
  package init(_ column: Frame.Column, keepsDoubles: Bool) {
    name = column.name
    let vector = column.vector
    switch vector.type {
    case .float64:
      let values = vector.doubles()
      if !keepsDoubles, let scale = Decimals.scale(values, vector.validity),
        let largest = values.lazy.filter({ $0.isFinite }).map({ abs($0) }).max()
      {
        type = .decimal(scale: scale)
        // Leave one digit to spare for later rows.
        physical = largest * Vector.power(scale) < 1e8 ? ParquetCode.int32 : ParquetCode.int64
      } else {
        (type, physical) = (.float64, ParquetCode.double)
      }
    case .float32: (type, physical) = (.float32, ParquetCode.float)
    case .decimal(let scale):
      type = .decimal(scale: scale)
      physical =
        vector.integers().allSatisfy { $0.magnitude < 100_000_000 } ? ParquetCode.int32 : ParquetCode.int64
    case .timestamp(_, let zone):
      // The coarsest unit that holds all of them: it reaches the farthest.
      let unit =
        [TimeUnit.millisecond, .microsecond].first { vector.cast(to: .timestamp($0, zone: zone)) != nil } ?? .nanosecond
      (type, physical) = (.timestamp(unit, zone: zone), ParquetCode.int64)
    case .time(let unit):
      let kept: TimeUnit = unit == .second ? .millisecond : unit
      (type, physical) = (.time(kept), kept == .millisecond ? ParquetCode.int32 : ParquetCode.int64)
    case .int(let bits): (type, physical) = (vector.type, bits <= 32 ? ParquetCode.int32 : ParquetCode.int64)
    case .uint(let bits): (type, physical) = (vector.type, bits <= 32 ? ParquetCode.int32 : ParquetCode.int64)
    case .date: (type, physical) = (.date, ParquetCode.int32)
    case .bool: (type, physical) = (.bool, ParquetCode.boolean)
    case .null: (type, physical) = (.null, ParquetCode.int32)
    case .string, .json: (type, physical) = (vector.type, ParquetCode.byteArray)
    }
  }

  private init(name: String, type: DataType, physical: Int) {
    self.name = name
    self.type = type
    self.physical = physical
  }

  /// The same column with a type that holds any values of its kind.
  package var widened: ParquetColumn {
    switch type {
    case .decimal, .int, .uint: ParquetColumn(name: name, type: .float64, physical: ParquetCode.double)
    case .timestamp(_, let zone):
      ParquetColumn(name: name, type: .timestamp(.nanosecond, zone: zone), physical: ParquetCode.int64)
    default: self
    }
  }

  /// The values as this column stores them; nil if a value does not fit.
  func fitted(_ vector: Vector) -> Vector? {
    if case .time(let unit) = type, case .time(let given) = vector.type, unit != given {
      let factor = given.nanoseconds / unit.nanoseconds
      return Vector(type, .int64(vector.integers().map { $0 &* factor }), validity: vector.validity)
    }
    guard let fitted = vector.cast(to: type) else { return nil }
    if case .decimal = type, physical == ParquetCode.int32 {
      let values = fitted.integers()
      for row in values.indices where values[row].magnitude >= 1_000_000_000 && !fitted.isNull(row) { return nil }
    }
    return fitted
  }

  /// The column's element in the schema.
  var schemaElement: ThriftValue {
    var fields: [Int: ThriftValue] = [1: .i32(Int32(physical)), 3: .i32(1), 4: .text(name)]
    func logical(_ id: Int, _ content: [Int: ThriftValue] = [:]) -> ThriftValue {
      .structure([id: .structure(content)])
    }
    func unit(_ unit: TimeUnit) -> ThriftValue {
      .structure([unit == .millisecond ? 1 : unit == .microsecond ? 2 : 3: .structure([:])])
    }
    switch type {
    case .string: (fields[6], fields[10]) = (.i32(0), logical(1))
    case .json: (fields[6], fields[10]) = (.i32(19), logical(12))
    case .decimal(let scale):
      let precision: Int32 = physical == ParquetCode.int32 ? 9 : 18
      (fields[6], fields[7], fields[8]) = (.i32(5), .i32(Int32(scale)), .i32(max(precision, Int32(scale))))
      fields[10] = logical(5, [1: .i32(Int32(scale)), 2: .i32(max(precision, Int32(scale)))])
    case .date: (fields[6], fields[10]) = (.i32(6), logical(6))
    case .time(let timeUnit):
      if timeUnit != .nanosecond { fields[6] = .i32(timeUnit == .millisecond ? 7 : 8) }
      fields[10] = logical(7, [1: .bool(true), 2: unit(timeUnit)])
    case .timestamp(let timeUnit, let zone):
      if zone != nil && timeUnit != .nanosecond { fields[6] = .i32(timeUnit == .millisecond ? 9 : 10) }
      fields[10] = logical(8, [1: .bool(zone != nil), 2: unit(timeUnit)])
    case .int(let bits):
      let codes: [Int: Int32] = [8: 15, 16: 16, 32: 17, 64: 18]
      (fields[6], fields[10]) = (.i32(codes[bits]!), logical(10, [1: .byte(Int8(bits)), 2: .bool(true)]))
    case .uint(let bits):
      let codes: [Int: Int32] = [8: 11, 16: 12, 32: 13, 64: 14]
      (fields[6], fields[10]) = (.i32(codes[bits]!), logical(10, [1: .byte(Int8(bits)), 2: .bool(false)]))
    case .null: fields[10] = logical(11)
    case .bool, .float32, .float64: break
    }
    return .structure(fields)
  }
}
