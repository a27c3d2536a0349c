/// What a filter does with the records that pass through it: which fields it reads, which it adds, and what it makes of each batch.
/// One stage serves lines of NDJSON and frames of every other format; it does not know which it has.
package protocol RecordStage: AnyObject {
  /// The columns that batches are to have, in this order.
  var fields: [Field] { get }
  /// The types of the records that are rows ("bar" is what has no type); all others pass byte for byte.
  var recordTypes: [String] { get }
  /// The numbers that it adds to each row, in this order.
  var addedNames: [String] { get }
  /// Called once, before the first batch.
  /// - Parameter symbols: numbers the texts of all batches.
  func begin(_ symbols: SymbolTable) throws
  /// Works on the next batch: fills its results, drops rows, keeps what it needs. Batches come in order, on one thread.
  /// - Returns: what of the batch is written.
  func take(_ batch: Batch) throws -> Batch.Part
  /// All input has been read: writes what is still to be written.
  func finish(_ output: any RecordOutput) throws
}

extension RecordStage {
  package var recordTypes: [String] { ["bar"] }
  package var addedNames: [String] { [] }
  package func begin(_ symbols: SymbolTable) throws {}
  package func finish(_ output: any RecordOutput) throws {}
}

/// Where records go: lines, or frames of any other format.
package protocol RecordOutput: AnyObject {
  /// The bytes written so far.
  var bytesWritten: Int { get }
  /// Writes rows that a stage has kept: the newest of each series, say.
  func write(_ rows: [KeptRow]) throws
  /// Writes records that did not come from the input.
  func write(_ records: [JSONValue]) throws
}

/// A row that a stage keeps beyond its batch.
package enum KeptRow: Sendable {
  /// Its line up to the closing brace, the numbers that were added, and the text of further members.
  case line(head: [UInt8], values: [Double], tail: [UInt8])
  case frame(Frame)
}
