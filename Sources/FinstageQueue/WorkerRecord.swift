import FinstageCore

/// The identity of a worker: a new one for each start of a process.
package struct WorkerIdentity: Sendable, Equatable {
  package var id: String
  package var pid: Int32
  /// When the process started, in ticks since boot.
  package var start: Int64
  /// Identifies that boot of the machine.
  package var boot: String
  /// Identifies the machine, as far as its kernel can tell whether its processes live; empty if the queue is for one machine.
  package var machine: String
  /// The name of the machine, for people.
  package var host: String
  /// What tasks with a place run on this worker (see `NewTask.place`).
  package var places: [String]

  package init(
    id: String, pid: Int32, start: Int64, boot: String, machine: String = "", host: String = "", places: [String] = []
  ) {
    self.id = id
    self.pid = pid
    self.start = start
    self.boot = boot
    self.machine = machine
    self.host = host
    self.places = places
  }
}

/// A worker as the queue has recorded it.
package struct WorkerRecord: Sendable {
  package var identity: WorkerIdentity
  package var started: Int64
  package var slots: Int64
  package var completed: Int64
  package var failed: Int64
  /// The numbers of its running tasks.
  package var tasks: [Int64]
  /// The time of the record.
  package var now: Int64

  package static let description = RecordDescription<WorkerRecord>([
    .init("worker_id", .text) { .string($0.identity.id) },
    .init("pid", .integer) { JSONValue($0.identity.pid) },
    .init("is_running", .bool) { _ in true },
    .init("slots", .integer) { JSONValue($0.slots) },
    .init("current_tasks", .json) { JSONValue($0.tasks) },
    .init("processed_tasks", .integer) { JSONValue($0.completed) },
    .init("failed_tasks", .integer) { JSONValue($0.failed) },
    .init("success_rate", .number) { .percent($0.completed, of: $0.completed + $0.failed) },
    .init("uptime_seconds", .integer) { JSONValue(($0.now - $0.started) / 1000) },
    .init("started_at", .time) { JSONValue(time: $0.started) },
    .init("host", .text, optional: true) { $0.identity.host.isEmpty ? .null : .string($0.identity.host) },
    .init("host_tags", .json, optional: true) { $0.identity.places.isEmpty ? .null : JSONValue($0.identity.places) },
  ])
}

extension JSONValue {
  /// A share in percent, to one place; null of nothing.
  package static func percent(_ part: some BinaryInteger, of whole: some BinaryInteger) -> JSONValue {
    whole == 0 ? .null : .rounded(100 * Double(part) / Double(whole), 1)
  }
}

/// An attempt that a worker holds, which may be gone.
package struct RunningAttempt: Sendable {
  package var id: Int64
  package var attempt: Int64
  package var owner: String
  /// The leader of its process group; 0 if it is not known.
  package var pid: Int32
  /// When the leader started; another process may have taken its number since.
  package var start: Int64
  package var slot: Int?
  /// Identifies the boot of the machine in which its worker ran; nil if the worker is unknown.
  package var boot: String?
  /// The machine of its worker; nil if the queue is for one machine, or the worker is unknown.
  package var machine: String?
}

/// What is left of an attempt that was lost.
package struct LostAttempt: Sendable {
  /// Whether the attempt had begun; only then does the loss count against the task.
  package var hasBegun: Bool
  package var output: [UInt8]?
  package var log: [UInt8]?
  package var outputLength: Int64 = 0
  package var logLength: Int64 = 0

  package init(hasBegun: Bool) { self.hasBegun = hasBegun }
}
