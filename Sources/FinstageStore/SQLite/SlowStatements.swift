import CSQLite
import FinstageCore
import FinstageSystem

/// Records the statements of a connection that take at least a second (or FINSTAGE_SLOW milliseconds). Closing the
/// connection writes the records to a file beside the database, one JSON object a line.
package final class SlowStatements {
  private struct Record {
    let time: Double
    let sql: String
    let milliseconds: Double
  }

  private let limit: UInt64
  private var records: [Record] = []
  private static let mostRecords = 1000

  /// The file for the slow statements of a database.
  package static func path(of database: String) -> String { database + ".slow.ndjson" }

  init(watching handle: OpaquePointer) {
    let named = Environment["FINSTAGE_SLOW"].flatMap { UInt64($0) }
    limit = (named ?? 1000) * 1_000_000
    sqlite3_trace_v2(
      handle, UInt32(SQLITE_TRACE_PROFILE),
      { _, context, statement, nanoseconds in
        guard let context, let statement, let nanoseconds else { return 0 }
        let slow = Unmanaged<SlowStatements>.fromOpaque(context).takeUnretainedValue()
        let spent = nanoseconds.load(as: UInt64.self)
        if spent >= slow.limit { slow.note(OpaquePointer(statement), spent) }
        return 0
      }, Unmanaged.passUnretained(self).toOpaque())
  }

  private func note(_ statement: OpaquePointer, _ nanoseconds: UInt64) {
    guard records.count < SlowStatements.mostRecords, let sql = sqlite3_sql(statement) else { return }
    // The text as it was prepared, without the bound values.
    let text = String(cString: sql).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    records.append(
      Record(time: SystemClock.wall, sql: String(text.prefix(2000)), milliseconds: Double(nanoseconds) / 1e6))
  }

  /// Appends the records to the file beside a database.
  func append(to path: String) {
    guard !records.isEmpty else { return }
    let lines = records.map { record in
      let value: JSONValue = [
        "ts": JSONValue(time: Int64(record.time * 1000)), "milliseconds": .rounded(record.milliseconds, 3),
        "sql": .string(record.sql),
      ]
      return value.text + "\n"
    }
    let file = SlowStatements.path(of: path)
    // Do not let the file grow without limit.
    if FileContent.size(file) ?? 0 > 16 << 20 { return }
    _ = FileContent.append(lines.joined(), to: file, followsLinks: false)
  }
}
