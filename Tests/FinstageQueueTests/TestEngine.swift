import FinstagePostgres
import FinstageQueue
import FinstageSystem
import Synchronization
import TestSupport
import Testing

/// The engines that the conformance tests run on. A new engine is a case here.
///
/// PostgreSQL is one of them where `Tests/Cluster/servers.sh` has started it: each test has a schema of its own there.
enum TestEngine: String, CaseIterable, Sendable, CustomTestStringConvertible {
  case sqlite, memory, postgres
  /// Behind a pooler that hands a connection to another client after each transaction.
  case pooled
  /// With plans that are made without a look at the parameters.
  case generic

  static var allCases: [TestEngine] {
    [.sqlite, .memory] + (TestPostgres.isThere ? [.postgres, .generic] : []) + (TestPostgres.hasPooler ? [.pooled] : [])
  }

  var testDescription: String { rawValue }

  func make(_ folder: TemporaryFolder, clock: TestClock = TestClock()) throws -> any TaskQueue {
    switch self {
    case .sqlite: try SQLiteTaskQueue(folder: folder.path + "/q", isDurable: false, clock: clock.clock)
    case .memory: MemoryTaskQueue(clock: clock.clock)
    case .postgres, .pooled, .generic: try TestPostgres(self).queue(folder.path + "/spool", clock: clock.clock)
    }
  }
}

/// A clock that a test sets, in milliseconds since 1970.
final class TestClock: Sendable {
  private let time: Mutex<Int64>

  init(_ time: Int64 = 1_800_000_000_000) { self.time = Mutex(time) }

  var now: Int64 {
    get { time.withLock { $0 } }
    set { time.withLock { $0 = newValue } }
  }

  var clock: QueueClock { QueueClock { self.now } }
}

/// A schema of its own in the database of the tests; it stays there until the server is removed.
struct TestPostgres {
  static var isThere: Bool { Environment["FINSTAGE_TEST_POSTGRES"] != nil }
  static var hasPooler: Bool { Environment["FINSTAGE_TEST_POOLER"] != nil }

  let address: String

  init(_ engine: TestEngine = .postgres) throws {
    let schema = "t_\(UInt64.random(in: .min ... .max))"
    let server = try #require(Environment["FINSTAGE_TEST_POSTGRES"])
    _ = try PostgresSchema.apply(PostgresConnection(PostgresAddress("\(server)?schema=\(schema)")), roles: [])
    switch engine {
    case .pooled: address = try #require(Environment["FINSTAGE_TEST_POOLER"]) + "?schema=\(schema)"
    case .generic: address = "\(server)?schema=\(schema)&options=-cplan_cache_mode%3Dforce_generic_plan"
    default: address = "\(server)?schema=\(schema)"
    }
  }

  func queue(_ folder: String, clock: QueueClock? = nil) throws -> PostgresTaskQueue {
    try PostgresTaskQueue(address, folder: folder, clock: clock)
  }
}
