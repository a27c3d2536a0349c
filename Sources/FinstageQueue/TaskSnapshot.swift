/// All that a queue knows of a task, to be kept by another queue under the same number.
package struct TaskSnapshot: Sendable {
  package struct Run: Sendable {
    package var record: AttemptRecord
    package var output: [UInt8]
    package var log: [UInt8]
  }

  package var record: TaskRecord
  /// As it was added; with the time at which it is due.
  package var task: NewTask
  /// When it is too late to begin, milliseconds since 1970.
  package var expires: Int64?
  package var history: [TaskEvent]
  package var runs: [Run]
  /// What it waits for or has waited for.
  package var parents: [(id: Int64, condition: OutcomeCondition)]

  /// How many bytes of inputs and outputs it has.
  var size: Int { runs.reduce(task.input?.count ?? 0) { $0 + $1.output.count + $1.log.count } }
  /// How many bytes are moved at a time, roughly.
  static let portion = 32 << 20
}

/// What a queue knows besides its tasks.
package struct QueueSetup: Sendable {
  package var groups: [QueueGroup]
  /// Schedules with where they come from, and the last instant that was dealt with.
  package var schedules: [(record: ScheduleRecord, source: String, last: Int64)]
  package var isPaused: Bool
  package var onFailure: String?
  /// The greatest number that a task has had.
  package var lastID: Int64
}

/// A queue whose tasks can be moved to another one.
///
/// A move closes the source (`close(for:)`): nobody adds to it or claims from it any more, and no task may be running. The target is closed the same
/// way until all is there. What has been copied is copied once, because tasks keep their numbers; so a move that was broken off is begun again.
package protocol MovableQueue: TaskQueue {
  /// Where the queue has moved to or is being moved from; nil if neither.
  func moveMark() throws -> QueueMove?
  /// Returns once no change is under way that has not seen the mark.
  func setMoveMark(_ mark: QueueMove?) throws
  /// Sees to what the ends of tasks have yet to cause.
  func settle() throws
  func setup() throws -> QueueSetup
  func restore(_ setup: QueueSetup) throws
  /// Tasks with greater numbers, the oldest first; fewer than the limit if they are large.
  func snapshots(after: Int64, limit: Int) throws -> [TaskSnapshot]
  /// Keeps tasks under their numbers; those that are there already stay as they are. Returns how many are new.
  func restore(_ tasks: [TaskSnapshot]) throws -> Int
}

extension MovableQueue {
  package func settle() throws {}
}

/// What a move has written into a queue.
package enum QueueMove: Sendable, Equatable {
  /// The queue has gone there.
  case movedTo(String)
  /// The queue is being filled from there.
  case movingFrom(String)

  package var text: String {
    switch self {
    case .movedTo(let place): "to \(place)"
    case .movingFrom(let place): "from \(place)"
    }
  }

  package init?(_ text: String) {
    if text.hasPrefix("to ") {
      self = .movedTo(String(text.dropFirst(3)))
    } else if text.hasPrefix("from ") {
      self = .movingFrom(String(text.dropFirst(5)))
    } else {
      return nil
    }
  }

  /// Why nothing can be added to the queue or run from it.
  package func refusal(_ name: String) -> TaskRefusal {
    switch self {
    case .movedTo(let place): .moved("\(name): this queue has moved to \(place) (use that one: --queue or FS_QUEUE)")
    case .movingFrom(let place):
      .moved("\(name): this queue is being filled from \(place) (fs-queue move again, if that was broken off)")
    }
  }
}
