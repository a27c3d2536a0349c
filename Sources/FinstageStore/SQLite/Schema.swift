import CSQLite
import FinstageCore
import FinstageSystem

/// The migrations from an empty database to the schema of this version. Migration i leads from user_version i to i + 1.
package struct Schema: Sendable {
  /// Marks the file as a finstage database (`PRAGMA application_id`).
  package let applicationID: Int32
  package let migrations: [String]
  package let kind: Kind

  /// Where files of the schema come from.
  package enum Kind: Sendable {
    /// A folder of the user's own, whose owner has been checked. Free pages go back to the disk.
    case own
    /// Perhaps from somebody else: the file must have exactly the tables of the migrations, and a signal ends a statement.
    case exchanged
  }

  package init(applicationID: Int32, kind: Kind = .own, migrations: [String]) {
    self.applicationID = applicationID
    self.kind = kind
    self.migrations = migrations
  }

  /// The tables and indexes after some of the migrations, as SQLite keeps them.
  func objects(after count: Int) throws -> [String] {
    var opened: OpaquePointer?
    guard sqlite3_open_v2(":memory:", &opened, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nil) == SQLITE_OK else {
      sqlite3_close_v2(opened)
      throw DatabaseError(kind: .other, path: ":memory:", message: "SQLite cannot be used")
    }
    defer { sqlite3_close_v2(opened) }
    for migration in migrations.prefix(count) { sqlite3_exec(opened, migration, nil, nil, nil) }
    return Schema.objects(in: opened) ?? []
  }

  /// The tables and indexes of a file; nil on an error.
  static func objects(in handle: OpaquePointer?) -> [String]? {
    var statement: OpaquePointer?
    // The tables of ANALYZE are SQLite's own.
    let sql = """
      SELECT type || ' ' || name || ' ' || tbl_name || ' ' || coalesce(sql, '') FROM sqlite_schema
      WHERE NOT (type = 'table' AND name IN ('sqlite_stat1', 'sqlite_stat4')) ORDER BY 1 LIMIT 1000
      """
    guard sqlite3_prepare_v2(handle, sql, -1, &statement, nil) == SQLITE_OK else { return nil }
    defer { sqlite3_finalize(statement) }
    var objects: [String] = []
    while true {
      switch sqlite3_step(statement) {
      case SQLITE_ROW: objects.append(sqlite3_column_text(statement, 0).map { String(cString: $0) } ?? "")
      case SQLITE_DONE: return objects
      default: return nil
      }
    }
  }
}
