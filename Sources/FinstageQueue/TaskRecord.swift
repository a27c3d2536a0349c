import FinstageCore

/// A task as it is in the queue. Times are milliseconds since 1970.
package struct TaskRecord: Sendable {
  package var id: Int64
  package var state: TaskState
  package var priority: TaskPriority
  package var arguments: [String]
  package var folder: String
  package var tags: [String]
  package var group: String
  /// How many unfinished tasks it waits for.
  package var parents: Int64
  /// Their numbers, if they have been asked for.
  package var parentIDs: [Int64] = []
  /// The task that gathers its result.
  package var gatherer: Int64?
  package var item: String?
  package var schedule: String?
  package var uniqueKey: String?
  package var due: Int64
  package var added: Int64
  package var began: Int64?
  package var ended: Int64?
  package var attempt: Int64
  package var failures: Int64
  package var losses: Int64
  package var retries: Int64
  package var owner: String?
  /// The slot of its worker in which it runs.
  package var slot: Int?
  package var pid: Int64
  /// The exit status, or 128 + the number of a signal; 124 for a time-out.
  package var status: Int64?
  package var reason: String?
  package var progress: Double?
  package var note: String?
  package var isCancelRequested: Bool
  /// Whether its processes are stopped, until somebody resumes the task.
  package var isStopped = false
  /// What a worker must be called to run it; empty if any may.
  package var place = ""

  /// How long the last run took, in seconds.
  package var seconds: Double? {
    guard let began, let ended else { return nil }
    return Double(max(ended - began, 0)) / 1000
  }

  private var hasError: Bool { state == .failed || state == .dead }

  package static let description = RecordDescription<TaskRecord>([
    .init("task_id", .integer) { JSONValue($0.id) },
    .init("status", .text) { .string($0.state.name) },
    .init("priority", .text) { .string($0.priority.name) },
    .init("command", .json) { JSONValue($0.arguments) },
    .init("added_at", .time) { JSONValue(time: $0.added) },
    .init("due_at", .time) { JSONValue(time: $0.due) },
    .init("started_at", .time) { JSONValue(time: $0.began) },
    .init("completed_at", .time) { JSONValue(time: $0.ended) },
    .init("execution_time", .number) { JSONValue($0.seconds) },
    .init("attempts", .integer) { JSONValue($0.attempt) },
    .init("retry_count", .integer) { JSONValue($0.failures) },
    .init("max_retries", .integer) { JSONValue($0.retries) },
    .init("losses", .integer) { JSONValue($0.losses) },
    .init("worker_id", .text) { JSONValue($0.owner) },
    .init("exit_status", .integer) { JSONValue($0.status) },
    .init("reason", .text) { JSONValue($0.reason) },
    .init("progress", .number) { JSONValue($0.progress) },
    .init("note", .text) { JSONValue($0.note) },
    .init("has_result", .bool) { .bool($0.state == .completed) },
    .init("has_error", .bool) { .bool($0.hasError) },
    .init("error", .text, optional: true) { $0.hasError ? JSONValue($0.reason) : .null },
    .init("group", .text, optional: true) { $0.group.isEmpty ? .null : .string($0.group) },
    .init("batch", .integer, optional: true) { JSONValue($0.gatherer) },
    .init("item", .text, optional: true) { JSONValue($0.item) },
    .init("schedule", .text, optional: true) { JSONValue($0.schedule) },
    .init("unique", .text, optional: true) { JSONValue($0.uniqueKey) },
    .init("on", .text, optional: true) { $0.place.isEmpty ? .null : .string($0.place) },
    .init("is_paused", .bool, optional: true) { $0.isStopped && $0.state.isHeld ? true : .null },
    .init("waiting_for", .integer, optional: true) { $0.parents > 0 ? JSONValue($0.parents) : .null },
    .init("waiting_for_tasks", .json, optional: true) { $0.parentIDs.isEmpty ? .null : JSONValue($0.parentIDs) },
    .init("tags", .json) { JSONValue($0.tags) },
  ])
}

/// A task that a worker has claimed.
package struct ClaimedTask: Sendable {
  package let id: Int64
  package let attempt: Int64
  package let arguments: [String]
  package let folder: String
  package let hasCleanEnvironment: Bool
  package let environment: [String: String]
  package let input: [UInt8]?
  package let timeout: Int64?
}

/// Selects tasks.
package struct TaskFilter: Sendable {
  package var state: TaskState?
  package var tag: String?
  package var group: String?
  package var gatherer: Int64?
  package var schedule: String?
  /// Only those with greater numbers.
  package var after: Int64?
  /// The oldest first.
  package var isRising = false

  package init() {}
}

/// One run of a task.
package struct AttemptRecord: Sendable {
  package var number: Int64
  package var owner: String?
  package var began: Int64?
  package var ended: Int64?
  package var status: Int64?
  /// `exit`, `signal`, `timeout`, `not started`, `given back`, `lost`; nil while it runs.
  package var how: String?
  package var userMicroseconds: Int64?
  package var systemMicroseconds: Int64?
  package var peakKilobytes: Int64?
  package var outputLength: Int64?
  package var logLength: Int64?

  package static let description = RecordDescription<AttemptRecord>([
    .init("attempt", .integer) { JSONValue($0.number) },
    .init("worker_id", .text) { JSONValue($0.owner) },
    .init("started_at", .time) { JSONValue(time: $0.began) },
    .init("ended_at", .time) { JSONValue(time: $0.ended) },
    .init("end", .text) { JSONValue($0.how) },
    .init("exit_status", .integer) { JSONValue($0.status) },
    .init("user_seconds", .number) { JSONValue($0.userMicroseconds.map { Double($0) / 1e6 }) },
    .init("system_seconds", .number) { JSONValue($0.systemMicroseconds.map { Double($0) / 1e6 }) },
    .init("peak_memory_bytes", .integer) { JSONValue($0.peakKilobytes.map { $0 * 1024 }) },
    .init("output_bytes", .integer) { JSONValue($0.outputLength) },
    .init("log_bytes", .integer) { JSONValue($0.logLength) },
  ])
}

/// One change of a task's state.
package struct TaskEvent: Sendable, Equatable {
  package var at: Int64
  package var state: TaskState
  package var note: String?

  package init(at: Int64, state: TaskState, note: String?) {
    self.at = at
    self.state = state
    self.note = note
  }

  package static let description = RecordDescription<TaskEvent>([
    .init("at", .time) { JSONValue(time: $0.at) },
    .init("status", .text) { .string($0.state.name) },
    .init("note", .text) { JSONValue($0.note) },
  ])

  /// Events with the beginnings of runs that were too short to be told: a claim that was followed by an end has begun.
  static func completed(_ events: [TaskEvent]) -> [TaskEvent] {
    var result: [TaskEvent] = []
    for event in events {
      if let last = result.last, last.state == .claimed, event.state != .running, event.state != .pending,
        event.note != "cancelled" || event.state != .cancelled
      {
        result.append(TaskEvent(at: last.at, state: .running, note: nil))
      }
      result.append(event)
    }
    return result
  }
}
