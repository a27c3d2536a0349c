/// Tasks that are kept safely until they are done, for any number of adders and workers at once.
///
/// A task runs at least once. Every change of a state is one transaction with a row of history. What an engine promises: `add` and
/// `turn` return once what they did is on disk (or as safe as the engine was asked to be); a task is claimed by one worker at a
/// time; an outcome counts only if it comes from the attempt that is current. Whether an attempt's processes are gone is the
/// business of workers (see `TaskSpool`): an engine does not watch processes.
///
/// `SQLiteTaskQueue` is the engine for one machine. An engine for several needs the same calls, with leases in the place of locks.
public protocol TaskQueue: AnyObject {
  /// The files beside the database on this machine.
  var spool: TaskSpool { get }

  // MARK: Adding and changing

  /// Adds tasks in one transaction; returns their numbers, in order.
  func add(_ tasks: [NewTask], policy: UniquePolicy) throws(TaskRefusal) -> [Int64]
  /// Cancels a task: at once if it is not running; its worker ends it otherwise. Returns the state before; nil if there is none.
  func cancel(_ id: Int64) throws(DatabaseError) -> TaskState?
  /// Lets a finished task run again, and those that were cancelled because of its outcome wait for it again. Returns the state
  /// before; nil if there is none.
  func retry(_ id: Int64) throws(TaskRefusal) -> TaskState?
  /// Removes finished tasks that ended before a time, with all that is known of them, at most so many; returns how many.
  func purge(before: Int64, states: [TaskState], limit: Int) throws(DatabaseError) -> Int
  /// Lets no task begin, or lets them again.
  func pause(_ isPaused: Bool) throws(DatabaseError)
  /// Sets limits of a group; makes it if there is none.
  func change(group: String, _ change: TaskGroupChange) throws(DatabaseError)

  // MARK: Working

  /// Says that a worker is there.
  func register(_ worker: WorkerIdentity, slots: Int) throws(DatabaseError)
  func unregister(_ worker: String) throws(DatabaseError)
  /// One transaction: takes note of what ended, lets what is due become ready, and claims tasks for free slots.
  func turn(_ worker: String, _ work: WorkerTurn) throws(DatabaseError) -> WorkerOrders
  /// What runs, by the queue's account.
  func running() throws(DatabaseError) -> [RunningAttempt]
  /// Gives a task back whose worker died and of whose processes none is left; after the third time it is dead.
  func giveBack(_ attempt: RunningAttempt, _ loss: LostAttempt) throws(DatabaseError)

  // MARK: Asking

  func task(_ id: Int64) throws(DatabaseError) -> TaskRecord?
  /// Tasks, the newest first.
  func tasks(_ filter: TaskFilter, limit: Int) throws(DatabaseError) -> [TaskRecord]
  /// What became of a task, step by step.
  func history(_ id: Int64) throws(DatabaseError) -> [(at: Int64, state: TaskState, note: String?)]
  func attempts(_ id: Int64) throws(DatabaseError) -> [AttemptRecord]
  /// What an attempt printed, as far as the database has it, and how much it was.
  func output(_ id: Int64, attempt: Int64, errors: Bool) throws(DatabaseError) -> (bytes: [UInt8]?, length: Int64)?
  /// The unfinished tasks that one waits for.
  func parents(of id: Int64) throws(DatabaseError) -> [Int64]
  func groups() throws(DatabaseError) -> [TaskGroup]
  func workers() throws(DatabaseError) -> [WorkerRecord]
  func figures() throws(DatabaseError) -> QueueFigures

  // MARK: Schedules

  /// Makes these the schedules of a source, and removes its others; what is unchanged keeps its times.
  func setSchedules(_ jobs: [ScheduledJob], source: String) throws(DatabaseError)
  func removeSchedule(_ name: String) throws(DatabaseError) -> Bool
  func schedules() throws(DatabaseError) -> [ScheduleRecord]
  /// What came of the newest slots of a schedule, the newest first.
  func firings(_ name: String?, limit: Int) throws(DatabaseError) -> [FiringRecord]
}
