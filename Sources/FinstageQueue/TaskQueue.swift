import FinstageSystem
import FinstageProcess

/// Tasks that are kept safely until they are done, for any number of adders and workers at once.
///
/// A task runs at least once. Every change of a state is one transaction with a row of history. What an engine promises: `add` and
/// `turn` return once what they did is on disk (or as safe as the engine was asked to be); a task is claimed by one worker at a
/// time; a report counts only if it comes from the attempt that is current and from its owner. Whether an attempt's processes are gone
/// is the business of the machine that ran it (see `LocalHost` and `Reaper`): an engine does not watch processes.
///
/// `SQLiteTaskQueue` is the engine for one machine, `PostgresTaskQueue` the one for several, `MemoryTaskQueue` the one for tests. A new engine is a type that passes the
/// conformance tests (`Tests/FinstageQueueTests`), and a line in `QueueOptions.open`.
package protocol TaskQueue: AnyObject {
  /// Where it is, for messages.
  var name: String { get }
  /// The time by the engine's clock, in milliseconds since 1970.
  var now: Int64 { get }

  // MARK: Waking

  /// Tells workers and all who wait to look.
  func wake()
  /// Something that can be waited for until somebody calls `wake`.
  func makeAlarm() -> any Alarm
  /// Seconds between two looks at a task that is waited for: its end wakes nobody.
  var lookInterval: Double { get }

  // MARK: Adding and changing

  /// Adds tasks in one transaction; returns their numbers, in order.
  /// - Throws: `TaskRefusal`.
  func add(_ tasks: [NewTask], policy: UniquePolicy) throws -> [Int64]
  /// Cancels a task: at once if no worker has it; its worker ends it otherwise. Returns the state before; nil if there is none.
  func cancel(_ id: Int64) throws -> TaskState?
  /// Runs a finished task again; tasks that were cancelled because of its outcome wait for it again. Returns the
  /// previous state; nil if there is no such task.
  /// - Throws: `TaskRefusal`.
  func retry(_ id: Int64) throws -> TaskState?
  /// Changes a task that no worker has. Returns the state in which it was found, or nil if there is no such task; only a task that
  /// waits is changed. When it is due, and what it waits for, stay.
  /// - Parameter change: gets the task as it is.
  /// - Throws: `TaskRefusal`, and what the body throws.
  func edit(_ id: Int64, _ change: (NewTask) throws -> NewTask) throws -> TaskState?
  /// Keeps a waiting task from starting, or stops the processes of a running one; or lets it go on. Returns the state in which it
  /// was found, or nil if there is no such task.
  func pause(_ id: Int64, _ isPaused: Bool) throws -> TaskState?
  /// Removes finished tasks that ended before a time, with all that is known of them, at most `limit`; returns how many.
  func purge(before: Int64, states: [TaskState], limit: Int) throws -> Int
  /// Keeps tasks from starting, or lets them start again.
  func pause(_ isPaused: Bool) throws
  /// What a shell runs after the failure of a task that names no command of its own; nil for nothing.
  func onFailure() throws -> String?
  func setOnFailure(_ command: String?) throws
  /// Sets limits of a group; creates the group if it does not exist.
  func change(group: String, _ change: QueueGroupChange) throws

  // MARK: Working

  /// Registers a worker.
  func register(_ worker: WorkerIdentity, slots: Int) throws
  func unregister(_ worker: String) throws
  /// Changes how many tasks a worker runs at a time. Returns false if there is no such worker.
  func setSlots(_ slots: Int, worker: String) throws -> Bool
  /// Whether a worker lives, as far as the engine can tell from here.
  func isAlive(_ worker: String) -> Bool
  /// One transaction: takes note of what began and ended, lets what is due become ready, fires schedules, and claims tasks for free slots.
  func turn(_ worker: String, _ work: WorkerTurn) throws -> WorkerOrders
  /// Records the results of a worker that has ended, except those of tasks that other workers have by now.
  func offer(_ ended: [AttemptOutcome], of worker: String) throws
  /// What workers hold, by the queue's account.
  func running() throws -> [RunningAttempt]
  /// Returns a task to the queue after its worker died and none of its processes is left; the third time, the task is
  /// dead.
  func giveBack(_ attempt: RunningAttempt, _ loss: LostAttempt) throws

  // MARK: Several machines

  /// What tasks find in FS_QUEUE; nil for a queue that is a folder.
  var address: String? { get }
  /// Identifies this machine to the queue; empty for a queue of one machine.
  var machine: String { get }
  /// Whether the kernel of this machine tells if a process of that machine lives.
  func isLocal(_ machine: String?) -> Bool
  /// Seconds without a turn after which a worker is taken to be dead; nil if only the kernel tells.
  var lease: Double? { get }
  /// Tells, during work that is longer than a turn, that the queue has heard of the worker: with the time at which it was asked, in seconds of the clock that
  /// goes on while the machine sleeps.
  func onBeat(_ body: @escaping (Double) -> Void)
  /// Returns the tasks of workers of other machines that are taken to be dead; says what it did.
  func giveBackExpired() throws -> [String]

  // MARK: Asking

  func task(_ id: Int64) throws -> TaskRecord?
  /// Tasks, the newest first.
  func tasks(_ filter: TaskFilter, limit: Int) throws -> [TaskRecord]
  /// The history of a task, step by step.
  func history(_ id: Int64) throws -> [TaskEvent]
  func attempts(_ id: Int64) throws -> [AttemptRecord]
  /// What an attempt has printed so far, from a byte on, at most `limit` bytes, wherever it is kept; nil if nothing is known of it.
  func output(_ id: Int64, attempt: Int64, _ stream: TaskStream, from: Int, limit: Int) throws -> [UInt8]?
  /// The file of an output that is too large for the queue; nil if it is in the queue.
  func outputFile(_ id: Int64, attempt: Int64, _ stream: TaskStream) throws -> String?
  /// The unfinished tasks that a task waits for.
  func parents(of id: Int64) throws -> [Int64]
  func groups() throws -> [QueueGroup]
  /// How many unfinished tasks wait for a worker of each place, if that is not any (see `NewTask.place`).
  func waitingByPlace() throws -> [String: Int]
  func workers() throws -> [WorkerRecord]
  func figures() throws -> QueueFigures
  /// What it is kept in, and what there is to be known of that.
  func facts() throws -> [Fact]
  /// What is wrong with what it keeps.
  func health() throws -> QueueHealth
  /// Puts right what `health` calls faults.
  func repair() throws

  // MARK: Schedules

  /// Replaces the schedules of a source by these; unchanged ones keep their times.
  /// - Throws: `ScheduleClash`, if another source has a schedule of the same name.
  func setSchedules(_ jobs: [ScheduledJob], source: String) throws
  func removeSchedule(_ name: String) throws -> Bool
  func schedules() throws -> [ScheduleRecord]
  /// The newest firings of a schedule, or of all, the newest first.
  func firings(_ name: String?, limit: Int) throws -> [FiringRecord]
}

extension TaskQueue {
  package var lookInterval: Double { 0.05 }
  package func facts() throws -> [Fact] { [] }
  package var address: String? { nil }
  package var machine: String { "" }
  package func isLocal(_ machine: String?) -> Bool { true }
  package var lease: Double? { nil }
  package func onBeat(_ body: @escaping (Double) -> Void) {}

  package func offer(_ ended: [AttemptOutcome], of worker: String) throws {
    var turn = WorkerTurn()
    turn.ended = ended
    _ = try self.turn(worker, turn)
  }
  package func giveBackExpired() throws -> [String] { [] }

  /// The places for which tasks wait and at which no living worker is, with how many tasks there are.
  package func placesWithoutWorker() throws -> [(place: String, count: Int)] {
    let waiting = try waitingByPlace()
    guard !waiting.isEmpty else { return [] }
    let served = Set(try workers().map(\.identity).filter { isAlive($0.id) }.flatMap(\.places))
    return waiting.filter { !served.contains($0.key) }.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// Adds tasks; refuses them if an unfinished one has the key of one of them.
  package func add(_ tasks: [NewTask]) throws -> [Int64] { try add(tasks, policy: .reject) }
}
