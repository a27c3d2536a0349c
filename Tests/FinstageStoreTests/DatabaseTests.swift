import FinstageStore
import FinstageSystem
import TestSupport
import Testing

@Suite struct DatabaseTests {
  private let home = TemporaryFolder()
  private let schema = Schema(applicationID: 0x7465_7374, migrations: ["CREATE TABLE t (x INTEGER) STRICT"])

  /// Opening is no write: who only asks does not wait for who writes.
  @Test func questionsDoNotWait() throws {
    let path = "\(home.path)/x.db"
    let writer = try Database(path: path, schema: schema, durability: .normal)
    try writer.execute("INSERT INTO t VALUES (1)")
    try writer.write {
      try writer.execute("INSERT INTO t VALUES (2)")
      let start = SystemClock.monotonic
      let reader = try Database(path: path, schema: schema, durability: .normal)
      #expect(try reader.integer("SELECT count(*) FROM t") == 1)
      #expect(SystemClock.monotonic - start < 5)
    }
    #expect(try writer.integer("PRAGMA auto_vacuum") == 2, "a new file gives pages back")
  }
}
