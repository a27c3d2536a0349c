import CSQLite

/// The SQLite that this program runs with.
package enum SQLiteLibrary {
  package static var version: String { String(cString: sqlite3_libversion()) }

  /// Whether a checkpoint can lose rows of another process (sqlite.org/wal.html#walresetbug). The bug came with 3.7.0.
  /// It is fixed in 3.51.3 and, for older lines, in 3.44.6 and 3.50.7. The lock of `Database` prevents the loss.
  package static var hasResetRace: Bool { hasResetRace(Int(sqlite3_libversion_number())) }

  static func hasResetRace(_ number: Int) -> Bool {
    let (minor, patch) = (number / 1000 % 1000, number % 1000)
    if number / 1_000_000 != 3 || minor < 7 { return false }
    if minor > 51 || minor == 51 && patch >= 3 { return false }
    return !(minor == 44 && patch >= 6 || minor == 50 && patch >= 7)
  }
}
