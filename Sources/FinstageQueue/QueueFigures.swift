import FinstageCore

import FinstageCore
import FinstageStore

/// The queue in numbers.
package struct QueueFigures: Sendable {
  package var counts: [TaskState: Int] = [:]
  package var isPaused = false
  /// When the oldest ready task became due, milliseconds since 1970.
  package var oldestReady: Int64?
  /// How many tasks were ever added, including those that have been removed.
  package var submitted: Int64 = 0
  /// How many of those were completed, including those that have been removed.
  package var completed: Int64 = 0
  /// Attempts since the queue was created, by how they ended.
  package var attempts: [String: Int64] = [:]
  /// The time from ready to started, and from there to the end.
  package var waiting = Histogram()
  package var running = Histogram()
  /// Attempts that ended within the last minute and the last hour.
  package var endedLastMinute = 0
  package var endedLastHour = 0

  /// Bytes of the log that has not been folded into the database; 0 where there is none.
  package var logBytes = 0

  package init() {}
}
