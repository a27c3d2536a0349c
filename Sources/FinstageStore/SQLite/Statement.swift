import CSQLite
import FinstageCore

/// A prepared statement: bind, step, read. Used by its connection's thread.
public final class Statement {
  private let handle: OpaquePointer
  private unowned let database: Database

  init(_ handle: OpaquePointer, _ database: Database) {
    self.handle = handle
    self.database = database
  }

  func finalize() { sqlite3_finalize(handle) }

  /// Makes it ready to run again, without values.
  public func reset() {
    sqlite3_reset(handle)
    sqlite3_clear_bindings(handle)
  }

  /// Tells SQLite to copy what it is given.
  private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

  @discardableResult
  public func bind(_ position: Int32, _ value: Int64) -> Statement {
    sqlite3_bind_int64(handle, position, value)
    return self
  }

  @discardableResult
  public func bind(_ position: Int32, _ value: Double) -> Statement {
    sqlite3_bind_double(handle, position, value)
    return self
  }

  /// A number, or null.
  @discardableResult
  public func bind(_ position: Int32, _ value: Double?) -> Statement {
    if let value { sqlite3_bind_double(handle, position, value) } else { sqlite3_bind_null(handle, position) }
    return self
  }

  @discardableResult
  public func bind(_ position: Int32, _ value: String?) -> Statement {
    if var value {
      value.withUTF8 { bytes in
        _ = bytes.withMemoryRebound(to: CChar.self) {
          sqlite3_bind_text(handle, position, $0.baseAddress ?? emptyText, Int32($0.count), Statement.copied)
        }
      }
    } else {
      sqlite3_bind_null(handle, position)
    }
    return self
  }

  @discardableResult
  public func bind(_ position: Int32, _ bytes: [UInt8]) -> Statement {
    bytes.withUnsafeBytes {
      _ = sqlite3_bind_blob64(
        handle, position, $0.baseAddress ?? UnsafeRawPointer(emptyText), UInt64($0.count), Statement.copied)
    }
    return self
  }

  /// The columns of its rows.
  var columnCount: Int32 { sqlite3_column_count(handle) }

  /// Binds the values of a row of another statement, in order.
  func bindRow(of other: Statement) {
    for column in 0..<other.columnCount {
      sqlite3_bind_value(handle, column + 1, sqlite3_column_value(other.handle, column))
    }
  }

  /// Goes to the next row; false when there are no more.
  public func step() throws(DatabaseError) -> Bool {
    let code = sqlite3_step(handle)
    switch code {
    case SQLITE_ROW: return true
    case SQLITE_DONE:
      sqlite3_reset(handle)
      return false
    default:
      let error = database.error(code)
      sqlite3_reset(handle)
      throw error
    }
  }

  /// Runs it to its end.
  public func run() throws(DatabaseError) {
    while try step() {}
  }

  public func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }
  public func double(_ column: Int32) -> Double { sqlite3_column_double(handle, column) }
  public func isNull(_ column: Int32) -> Bool { sqlite3_column_type(handle, column) == SQLITE_NULL }

  public func text(_ column: Int32) -> String? {
    guard let start = sqlite3_column_text(handle, column) else { return nil }
    return String(
      decoding: UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column))), as: UTF8.self)
  }

  public func bytes(_ column: Int32) -> [UInt8] {
    guard let start = sqlite3_column_blob(handle, column) else { return [] }
    return Array(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column))))
  }
}

/// Something to point at where there are no bytes.
nonisolated(unsafe) private let emptyText = UnsafePointer(strdup("")!)

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif
