import FinstageCore
import FinstageSystem

/// Expressions over a stream of frames. Functions with a memory go by the column `symbol` where there is one.
package final class FrameExpressions {
  private let expressions: [Expression]
  private let key: String
  private var program: ExpressionProgram?
  /// Numbers the series.
  private let series = SymbolTable()
  /// Memory of the columns of a frame that cannot be used as they are.
  private var buffers: [UnsafeMutablePointer<Int64>?] = []
  private var bufferRows = 0

  /// - Parameter key: the column that tells series apart.
  package init(_ expressions: [Expression], by key: String = "symbol") {
    self.expressions = expressions
    self.key = key
  }

  deinit { for buffer in buffers { buffer?.deallocate() } }

  /// The rows of a frame for which the first expression is true.
  package func rows(_ frame: Frame) throws -> [Int] {
    let program = try prepared(frame, areConditions: true)
    var rows: [Int] = []
    rows.reserveCapacity(frame.rows)
    run(program, frame) { start, count in
      let result = program.result(0).integers
      for i in 0..<count where result[i] == 1 { rows.append(start + i) }
    }
    return rows
  }

  /// The values of the expressions as columns, one for each.
  package func vectors(_ frame: Frame) throws -> [Vector] {
    let program = try prepared(frame, areConditions: false)
    var values = program.types.map { _ in [Int64]() }
    for i in values.indices { values[i].reserveCapacity(frame.rows) }
    run(program, frame) { _, count in
      for i in values.indices {
        values[i].append(contentsOf: UnsafeBufferPointer(start: program.result(i).integers, count: count))
      }
    }
    return expressions.indices.map { i in
      // A copy of a column is the column, with all that registers have no room for.
      if case .field(let name) = expressions[i].root.kind, let column = frame[name] { return column }
      return vector(program.types[i], values[i], program)
    }
  }

  private func prepared(_ frame: Frame, areConditions: Bool) throws -> ExpressionProgram {
    var types: [String: ExpressionType] = [:]
    for column in frame.columns {
      // A column of nulls compares with anything, whatever it was read as.
      let isEmpty = column.vector.type == .json && frame.rows > 0 && column.vector.nullCount == frame.rows
      types[column.name] = isEmpty ? .null : ExpressionType(column.vector.type)
    }
    // Other columns may come and go without a loss of memory; so may whole numbers among numbers, and nulls among anything.
    if let program, program.inputs.allSatisfy({ holds($0, frame, types[$0.name]) }),
      program.texts.count < 200_000 || program.hasMemory
    {
      return program
    }
    let made = try ExpressionProgram(expressions, fields: types)
    if areConditions { try made.requireConditions(expressions) }
    program = made
    return made
  }

  /// Whether the program takes the column of an input as it is.
  private func holds(_ input: ExpressionProgram.Input, _ frame: Frame, _ type: ExpressionType?) -> Bool {
    guard let type, let vector = frame[input.name] else { return false }
    return input.type.holds(type) || frame.rows > 0 && vector.nullCount == frame.rows
  }

  private func vector(_ type: ExpressionType, _ values: [Int64], _ program: ExpressionProgram) -> Vector {
    func mask(_ isNull: (Int64) -> Bool) -> Validity? {
      guard values.contains(where: isNull) else { return nil }
      var mask = Validity(repeating: true, count: values.count)
      for (row, value) in values.enumerated() where isNull(value) { mask[row] = false }
      return mask
    }
    if type == .number || type == .null {
      let numbers = values.map { Double(bitPattern: UInt64(bitPattern: $0)) }
      return Vector(
        .float64, .float64(numbers), validity: mask { !Double(bitPattern: UInt64(bitPattern: $0)).isFinite })
    }
    // What is beyond nanoseconds can be compared, but not told.
    let isFar: (Int64) -> Bool = { type == .time && ($0 == .max || $0 == .min + 1) }
    let validity = mask { $0 == Register.missing || isFar($0) }
    let plain = validity == nil ? values : values.map { $0 == Register.missing ? 0 : $0 }
    switch type {
    case .integer: return Vector(.int(bits: 64), .int64(plain), validity: validity)
    case .bool: return Vector(.bool, .int64(plain), validity: validity)
    case .time: return Vector(.timestamp(.nanosecond, zone: "UTC"), .int64(plain), validity: validity)
    default:
      let pool = TextPool()
      var places: [Int64: Int64] = [:]
      let codes = values.map { code -> Int64 in
        if code == Register.missing { return 0 }
        if let place = places[code] { return place }
        let place = Int64(pool.intern(program.texts.name(Int(code))))
        places[code] = place
        return place
      }
      return Vector(.string, .int64(codes), validity: validity, texts: pool)
    }
  }

  // MARK: - Rows in, rows out

  private func run(_ program: ExpressionProgram, _ frame: Frame, _ take: (_ start: Int, _ count: Int) -> Void) {
    let inputs = program.inputs
    while buffers.count < inputs.count { buffers.append(nil) }
    if frame.rows > bufferRows {
      for i in buffers.indices {
        buffers[i]?.deallocate()
        buffers[i] = nil
      }
      bufferRows = frame.rows
    }
    for (i, input) in inputs.enumerated() where input.type != .null {
      if buffers[i] == nil { buffers[i] = .allocate(capacity: max(bufferRows, 1)) }
      FrameExpressions.fill(buffers[i]!, frame[input.name]!, input.type, program)
    }
    let ids = program.hasMemory ? seriesOfRows(frame) : nil
    var start = 0
    while start < frame.rows {
      let count = min(ExpressionProgram.chunk, frame.rows - start)
      for (i, input) in inputs.enumerated() where input.type != .null {
        program.bind(i, to: UnsafeMutableRawPointer(buffers[i]! + start))
      }
      if let ids {
        ids.withUnsafeBufferPointer { program.seriesOfRows.update(from: $0.baseAddress! + start, count: count) }
      }
      program.run(count)
      take(start, count)
      start += count
    }
  }

  /// The number of the series of each row.
  private func seriesOfRows(_ frame: Frame) -> [Int64]? {
    guard let vector = frame[key], let pool = vector.texts else { return nil }
    let map = (0..<pool.count).map { code -> Int64 in
      let padded = pool.bytes(code) + [UInt8](repeating: 0, count: 8)
      return Int64(padded.withUnsafeBufferPointer { series.intern($0.baseAddress!, $0.count - 8) })
    }
    return vector.integers().enumerated().map { row, code in vector.isNull(row) ? 0 : map[Int(code)] }
  }

  /// The values of a column as registers have them.
  private static func fill(
    _ memory: UnsafeMutablePointer<Int64>, _ vector: Vector, _ type: ExpressionType, _ program: ExpressionProgram
  ) {
    let rows = vector.count
    if rows == 0 { return }
    if ExpressionType(vector.type) == .null || vector.nullCount == rows {
      let null = type == .number ? Int64(bitPattern: Double.nan.bitPattern) : Register.missing
      memory.update(repeating: null, count: rows)
      return
    }
    if type == .number {
      vector.shortestDoubles().withUnsafeBytes {
        UnsafeMutableRawPointer(memory).copyMemory(from: $0.baseAddress!, byteCount: rows * 8)
      }
      return
    }
    var values = vector.integers()
    switch vector.type {
    case .date:
      values = values.map { scaled($0, 86_400_000_000_000) }
    case .timestamp(let unit, _):
      if unit.nanoseconds != 1 { values = values.map { scaled($0, unit.nanoseconds) } }
    case .string, .json:
      let map = (0..<(vector.texts?.count ?? 0)).map { program.intern(vector.texts![$0]) }
      values = values.enumerated().map { row, code in vector.isNull(row) ? Register.missing : map[Int(code)] }
    default: break
    }
    if let validity = vector.validity {
      for row in 0..<rows where !validity[row] { values[row] = Register.missing }
    }
    values.withUnsafeBufferPointer { memory.update(from: $0.baseAddress!, count: rows) }
  }

  /// Instants beyond what nanoseconds can tell become the first and the last.
  private static func scaled(_ value: Int64, _ unit: Int64) -> Int64 {
    let (product, overflow) = value.multipliedReportingOverflow(by: unit)
    return overflow ? (value < 0 ? .min + 1 : .max) : product
  }
}
