import FinstageQueue
import Synchronization
import TestSupport
import Testing

/// The engines that the conformance tests run on. A new engine is a case here.
enum TestEngine: String, CaseIterable, Sendable, CustomTestStringConvertible {
  case sqlite, memory

  var testDescription: String { rawValue }

  func make(_ folder: TemporaryFolder, clock: TestClock = TestClock()) throws -> any TaskQueue {
    switch self {
    case .sqlite: try SQLiteTaskQueue(folder: folder.path + "/q", isDurable: false, clock: clock.clock)
    case .memory: MemoryTaskQueue(clock: clock.clock)
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
