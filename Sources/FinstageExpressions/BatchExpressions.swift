import FinstageCore

/// Expressions over the batches of a stream of records.
package final class BatchExpressions {
  private let program: ExpressionProgram
  /// For each input of the program its column in a batch.
  private let columns: [Int]
  private let seriesColumn: Int?
  /// Memory for columns with nulls that are not numbers.
  private var buffers: [UnsafeMutablePointer<Int64>]

  /// - Parameters:
  ///   - fields: the columns of the batches.
  ///   - symbols: numbers the texts of the batches.
  ///   - key: the field that tells series apart; nil for one series.
  package init(
    _ expressions: [Expression], fields: [Field], symbols: SymbolTable, by key: String?
  ) throws {
    var types: [String: ExpressionType] = [:]
    for field in fields where field.kind != .reserved { types[field.name] = ExpressionType(field.kind) }
    program = try ExpressionProgram(expressions, fields: types, texts: symbols)
    try program.requireConditions(expressions)
    columns = program.inputs.map { input in fields.firstIndex { $0.name == input.name }! }
    seriesColumn = key.flatMap { key in fields.firstIndex { $0.name == key } }
    buffers = program.inputs.map { _ in .allocate(capacity: ExpressionProgram.chunk) }
  }

  deinit { for buffer in buffers { buffer.deallocate() } }

  /// Runs all rows of a batch, and hands on the rows for which each expression is true. Allocates nothing for a row.
  /// - Parameter take: called for each row and expression that is true, rows in order within an expression and a chunk.
  package func run(_ batch: Batch, _ take: (_ expression: Int, _ row: Int) -> Void) {
    var start = 0
    while start < batch.bars {
      let count = min(ExpressionProgram.chunk, batch.bars - start)
      for (i, column) in columns.enumerated() { bind(i, batch.columns[column], start, count) }
      if let seriesColumn, program.hasMemory {
        program.seriesOfRows.update(from: batch.columns[seriesColumn].integers + start, count: count)
      }
      program.run(count)
      for expression in program.types.indices {
        let result = program.result(expression).integers
        for i in 0..<count where result[i] == 1 { take(expression, start + i) }
      }
      start += count
    }
  }

  /// Runs some rows of a batch, a chunk after the other.
  /// - Parameter take: called with the first row of a chunk, how many it has, and the results by expression: 1, 0, or `.min` for null.
  package func eachChunk(
    of rows: Range<Int>, in batch: Batch,
    _ take: (_ start: Int, _ count: Int, _ result: (Int) -> UnsafeMutablePointer<Int64>) -> Void
  ) {
    var start = rows.lowerBound
    while start < rows.upperBound {
      let count = min(ExpressionProgram.chunk, rows.upperBound - start)
      for (i, column) in columns.enumerated() { bind(i, batch.columns[column], start, count) }
      if let seriesColumn, program.hasMemory {
        program.seriesOfRows.update(from: batch.columns[seriesColumn].integers + start, count: count)
      }
      program.run(count)
      take(start, count) { program.result($0).integers }
      start += count
    }
  }

  /// What the expressions remember of a series.
  package func saveMemory(of series: Int) -> [[UInt8]] { program.saveMemory(of: series) }
  package func restoreMemory(of series: Int, _ parts: [[UInt8]]) -> Bool { program.restoreMemory(of: series, parts) }

  private func bind(_ input: Int, _ column: Column, _ start: Int, _ count: Int) {
    let type = program.inputs[input].type
    if type == .number || column.isComplete(start, count) && column.field.kind != .date {
      program.bind(input, to: column.storage + start * 8)
      return
    }
    let values = column.integers + start
    let buffer = buffers[input]
    let unit: Int64 = column.field.kind == .date ? 86_400_000_000_000 : 1
    for i in 0..<count {
      buffer[i] = column.hasValue(start + i) ? values[i] &* unit : Register.missing
    }
    program.bind(input, to: UnsafeMutableRawPointer(buffer))
  }
}
