import FinstageSystem

/// A task as it is added. Times are milliseconds since 1970, spans milliseconds.
package struct NewTask: Sendable {
  /// The program and its arguments.
  package var arguments: [String]
  package var priority = TaskPriority.normal
  package var retry = TaskRetryPolicy()
  /// How long a run may take; nil for ever.
  package var timeout: Int64?
  /// When it may run first; now if neither is given.
  package var due: Int64?
  package var dueIn: Int64?
  /// How long after being due it may still begin; nil for ever.
  package var expiresIn: Int64?
  /// Whether it waits until somebody releases it.
  package var isPaused = false
  /// A key that no two unfinished tasks may share.
  package var uniqueKey: String?
  package var folder: String
  /// Whether it gets only the variables below and the few that any program needs, not all those of the worker.
  package var hasCleanEnvironment = false
  /// Variables in addition to those of the worker.
  package var environment: [String: String] = [:]
  package var input: [UInt8]?
  package var tags: [String] = []
  /// Tasks of a group share its limits.
  package var group = ""
  /// A word that a worker must have been given for its machine (`work --host-tag`) to run it; empty if any worker may.
  package var place = ""
  /// The tasks that it waits for.
  package var after: [Dependency] = []
  /// The task that gathers the results of this one and its like, and what tells this one from them.
  package var gatherer: Dependency.Parent?
  package var item: String?
  /// What a shell runs if it fails for good (see `FailureAlarm`); nil for the queue's own, empty for nothing.
  package var onFailure: String?
  /// The schedule that added it.
  package var schedule: String?

  package init(arguments: [String], folder: String) {
    self.arguments = arguments
    self.folder = folder
  }

  /// When it is due and when it is too late to begin, if it is added now.
  func times(now: Int64) -> (due: Int64, expires: Int64?) {
    let due = due ?? dueIn.map { now + $0 } ?? now
    return (due, expiresIn.map { max(due, now) + $0 })
  }
}

/// A task that another waits for.
package struct Dependency: Sendable, Equatable {
  package enum Parent: Sendable, Equatable {
    case task(Int64)
    /// A task that is added together with this one, by its index.
    case added(Int)
  }
  package var parent: Parent
  package var condition: OutcomeCondition

  package init(_ parent: Parent, _ condition: OutcomeCondition = .completed) {
    self.parent = parent
    self.condition = condition
  }
}

/// What to do with a new task if an unfinished one has the same unique key.
package enum UniquePolicy: String, Sendable, CaseIterable {
  /// The one that is there is the task.
  case ignore
  /// The one that is there, if no worker has it yet, becomes the new one.
  case replace
  /// Nothing is added.
  case reject
}

/// A schedule of another source has the name.
package struct ScheduleClash: ExitError, Equatable {
  package let name: String
  package let source: String
  package var exitStatus: ExitStatus { .badData }
  package var sentence: String {
    let other = source == "-" ? "a file that was read from standard input" : source
    return
      "there is already a job \"\(name)\" from \(other): nothing is loaded (give this one another name, \"name: rule ...\","
      + " or remove that one: fs-queue schedule remove \(name))"
  }
}

/// Why a task was not added or not run again.
package enum TaskRefusal: ExitError, Equatable {
  /// An unfinished task has the key.
  case notUnique(key: String, id: Int64)
  /// The task to wait for does not exist.
  case noParent(Int64)
  /// The queue is somewhere else by now; the sentence says where.
  case moved(String)

  package var exitStatus: ExitStatus {
    switch self {
    case .notUnique: .tryLater
    case .noParent: .noInput
    case .moved: .badConfiguration
    }
  }

  package var sentence: String {
    switch self {
    case .notUnique(let key, let id):
      "task \(id) with the unique key \"\(key)\" is not finished (--if-exists ignore or replace, or wait for it)"
    case .noParent(let id): "there is no task \(id) to wait for"
    case .moved(let sentence): sentence
    }
  }
}
