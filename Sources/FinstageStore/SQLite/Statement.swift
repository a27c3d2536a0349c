import CSQLite
import FinstageCore
import FinstageSystem

/// A prepared statement: bind, step, read. Use it only on its connection's thread.
package final class Statement {
  private let handle: OpaquePointer
  private unowned let database: Database
  /// The places of parameters and columns that have been asked for by name.
  private var parameters = PlacesByName()
  private var columns = PlacesByName()

  init(_ handle: OpaquePointer, _ database: Database) {
    self.handle = handle
    self.database = database
  }

  func finalize() { sqlite3_finalize(handle) }

  /// Makes the statement ready to run again, without values.
  package func reset() {
    sqlite3_reset(handle)
    sqlite3_clear_bindings(handle)
  }

  /// Tells SQLite to copy what it is given.
  private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

  @discardableResult
  package func bind(_ position: Int32, _ value: Int64) -> Statement {
    sqlite3_bind_int64(handle, position, value)
    return self
  }

  @discardableResult
  package func bind(_ position: Int32, _ value: Double) -> Statement {
    sqlite3_bind_double(handle, position, value)
    return self
  }

  /// A number, or null.
  @discardableResult
  package func bind(_ position: Int32, _ value: Double?) -> Statement {
    if let value { sqlite3_bind_double(handle, position, value) } else { sqlite3_bind_null(handle, position) }
    return self
  }

  @discardableResult
  package func bind(_ position: Int32, _ value: String?) -> Statement {
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
  package func bind(_ position: Int32, _ bytes: [UInt8]) -> Statement {
    bytes.withUnsafeBytes {
      _ = sqlite3_bind_blob64(
        handle, position, $0.baseAddress ?? UnsafeRawPointer(emptyText), UInt64($0.count), Statement.copied)
    }
    return self
  }

  // MARK: - By name

  /// Binds a value to a parameter `:name`; nil is null.
  @discardableResult
  package func bind(_ name: String, _ value: Int64?) -> Statement {
    let position = parameter(name)
    if let value { sqlite3_bind_int64(handle, position, value) } else { sqlite3_bind_null(handle, position) }
    return self
  }

  @discardableResult
  package func bind(_ name: String, _ value: Int?) -> Statement { bind(name, value.map { Int64($0) }) }

  @discardableResult
  package func bind(_ name: String, _ value: Double?) -> Statement { bind(parameter(name), value) }

  @discardableResult
  package func bind(_ name: String, _ value: String?) -> Statement { bind(parameter(name), value) }

  @discardableResult
  package func bind(_ name: String, _ bytes: [UInt8]?) -> Statement {
    let position = parameter(name)
    if let bytes { return bind(position, bytes) }
    sqlite3_bind_null(handle, position)
    return self
  }

  private func parameter(_ name: String) -> Int32 {
    if let known = parameters.find(name) { return known }
    let position = sqlite3_bind_parameter_index(handle, ":" + name)
    precondition(position > 0, "no parameter :\(name)")
    parameters.add(name, position)
    return position
  }

  /// The place of a column of its rows.
  private func column(_ name: String) -> Int32 {
    if let known = columns.find(name) { return known }
    for i in 0..<columnCount {
      if let text = sqlite3_column_name(handle, i), String(cString: text) == name {
        columns.add(name, i)
        return i
      }
    }
    preconditionFailure("no column \(name)")
  }

  /// Values of the current row by the names of their columns; null is 0, or nil.
  package func integer(_ name: String) -> Int64 { integer(column(name)) }
  package func double(_ name: String) -> Double { double(column(name)) }
  package func text(_ name: String) -> String? { text(column(name)) }
  package func bytes(_ name: String) -> [UInt8] { bytes(column(name)) }
  package func isNull(_ name: String) -> Bool { isNull(column(name)) }
  package func optionalInteger(_ name: String) -> Int64? {
    let place = column(name)
    return isNull(place) ? nil : integer(place)
  }
  package func optionalDouble(_ name: String) -> Double? {
    let place = column(name)
    return isNull(place) ? nil : double(place)
  }
  package func optionalBytes(_ name: String) -> [UInt8]? {
    let place = column(name)
    return isNull(place) ? nil : bytes(place)
  }

  // MARK: - Rows

  /// The number of columns in its rows.
  package var columnCount: Int32 { sqlite3_column_count(handle) }

  /// Binds the values of a row of another statement, in order.
  package func bindRow(of other: Statement) {
    for column in 0..<other.columnCount {
      sqlite3_bind_value(handle, column + 1, sqlite3_column_value(other.handle, column))
    }
  }

  /// Goes to the next row; false when there are no more.
  package func step() throws -> Bool {
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

  /// Runs the statement to its end.
  package func run() throws {
    while try step() {}
  }

  package func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }
  package func double(_ column: Int32) -> Double { sqlite3_column_double(handle, column) }
  package func isNull(_ column: Int32) -> Bool { sqlite3_column_type(handle, column) == SQLITE_NULL }

  package func text(_ column: Int32) -> String? {
    guard let start = sqlite3_column_text(handle, column) else { return nil }
    return String(
      decoding: UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column))), as: UTF8.self)
  }

  package func bytes(_ column: Int32) -> [UInt8] {
    guard let start = sqlite3_column_blob(handle, column) else { return [] }
    return Array(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column))))
  }
}

/// A valid address for values without bytes.
nonisolated(unsafe) private let emptyText = UnsafePointer(strdup("")!)

/// Places of parameters or columns by their names. Names come in the same order each time, so the next one is tried first.
private struct PlacesByName {
  private var order: [(name: String, place: Int32)] = []
  private var next = 0

  mutating func find(_ name: String) -> Int32? {
    if next >= order.count { next = 0 }
    if next < order.count, order[next].name == name {
      next += 1
      return order[next - 1].place
    }
    guard let known = order.firstIndex(where: { $0.name == name }) else { return nil }
    next = known + 1
    return order[known].place
  }

  mutating func add(_ name: String, _ place: Int32) {
    order.append((name, place))
    next = order.count
  }
}
