import FinstageCore
import FinstageStore
import FinstageSystem

/// How long finished tasks are kept. Old ones are removed in small portions, so that the queue does not grow without
/// end and no worker is busy with removal for long.
package struct Retention: Sendable {
  /// Milliseconds; nil keeps the tasks for ever.
  var completed: Int64?
  var failed: Int64?

  private static let period = 10.0
  private static let portion = 200
  private var next = 0.0

  package init(completed: Int64?, failed: Int64?) {
    self.completed = completed
    self.failed = failed
  }

  /// Removes a few old tasks, if it is time.
  mutating func keep(_ queue: any TaskQueue) throws {
    let now = SystemClock.monotonic
    guard now >= next else { return }
    next = now + Retention.period
    var removed = 0
    if let completed {
      removed += try queue.purge(
        before: queue.now - completed, states: [.completed, .cancelled], limit: Retention.portion)
    }
    if let failed {
      removed += try queue.purge(before: queue.now - failed, states: [.failed], limit: Retention.portion)
    }
    // There may be more.
    if removed >= Retention.portion { next = now + 0.2 }
  }
}
