import FinstageSystem
import FinstageProcess

/// Where a worker's tasks run: this machine (`LocalHost`), or a stand-in for tests.
protocol TaskHost: AnyObject {
  /// How many tasks can run at a time.
  var capacity: Int { get }
  /// Changes the capacity, as far as the machine allows; what runs goes on.
  func resize(to slots: Int)
  /// How many places are taken, by tasks and by what they left behind.
  var taken: Int { get }
  /// Whether tasks may begin: false while the disk is full.
  var hasRoom: Bool { get }
  /// Seconds of a clock that nobody sets.
  var clock: Double { get }
  /// The same of a clock that goes on while the machine sleeps.
  var bootClock: Double { get }

  /// Starts a task.
  func start(_ task: ClaimedTask) -> StartOutcome
  /// The attempts that have ended since the last look, and of which no process is left.
  func collect() -> [EndedAttempt]
  /// What tasks have said of themselves since the last look.
  func reports() -> [(process: pid_t, report: ProgressReader.Report)]
  /// Sends something to all processes of a task.
  func signal(_ process: pid_t, _ request: TaskSignal)
  /// Lets go of what is printed without end. Returns how much the task that has printed most has printed, in bytes.
  func trim() -> Int
  /// When a process started, to be told from another with its number.
  func startTime(of process: pid_t) -> Int64
  /// Takes back the place that was set aside for a full disk; false if that was done before.
  func dropBallast() -> Bool
  /// Waits for an end, a word of a task, a wake-up, an answer; no longer than this.
  func wait(seconds: Double)
}

extension TaskHost {
  var bootClock: Double { SystemClock.sinceBoot }
}

/// What can be asked of the processes of a task.
enum TaskSignal {
  /// To end by themselves; a stopped task goes on to hear it.
  case end
  case kill
  case stop
  case `continue`
}

/// What became of a start.
enum StartOutcome {
  case started(process: pid_t, slot: Int)
  /// It cannot be started at all: the task's own fault.
  case impossible(String)
  /// It cannot be started now: something is lacking on this machine.
  case later(String)
  /// Whether the folder of the queue is gone.
  case homeless
}

/// A run of a task whose last process has gone.
struct EndedAttempt {
  var process: pid_t
  /// How its leader ended, and what was used and printed.
  var outcome: AttemptOutcome
  /// A remark for the log.
  var warning: String?
}
