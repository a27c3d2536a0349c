import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageExpressions
import FinstageQueue
import FinstageStore
import FinstageSystem

extension TaskPriority: ExpressibleByArgument {}

extension TaskRetryPolicy.Growth: ExpressibleByArgument {}

/// The options of a task, shared by the commands that add one task, many tasks or a template.
struct TaskOptions: ParsableArguments {
  @Option(help: "How urgent the task is.") var priority = TaskPriority.normal
  @Option(help: "How many times to run the task again after a failure, 0 to 1000.") var retries = 0
  @Option(help: ArgumentHelp("The time before the first retry; doubled each time, with jitter.", valueName: "span"))
  var delay = TimeSpan.seconds(10)
  @Option(help: ArgumentHelp("The longest time before a retry.", valueName: "span")) var maxDelay = TimeSpan.seconds(
    3600)
  @Option(help: "How the time before a retry grows.") var backoff = TaskRetryPolicy.Growth.exponential
  @Option(
    help: ArgumentHelp(
      """
      Retry only after these exit statuses, instead of all but 64, 65, 77, 78, 100, 126 and 127; 124 is a time-out, \
      128 + n a signal.
      """,
      valueName: "n,n,..."))
  var retryOn: String?
  @Option(help: ArgumentHelp("End a run after this time and count a failure.", valueName: "span")) var timeout:
    TimeSpan?
  @Option(name: .customLong("in"), help: ArgumentHelp("Wait this long before the task may run.", valueName: "span"))
  var later: TimeSpan?
  @Option(help: ArgumentHelp("Run it no sooner than at this time.", valueName: "time")) var at: String?
  @Option(help: ArgumentHelp("It fails if it has not begun after this time.", valueName: "span")) var expires: TimeSpan?
  @Option(help: ArgumentHelp("Run it after this task; several times for more.", valueName: "id")) var after: [Int64] =
    []
  @Option(
    name: .customLong("if"),
    help: ArgumentHelp(
      """
      The outcome that each task of --after must have: ok, failed, any, or an expression such as \
      'exit_status == 3 or rows > 100'.
      """,
      valueName: "condition"))
  var condition = "ok"
  @Option(help: ArgumentHelp("Tasks of a group share its limits (see fs-queue group).", valueName: "name")) var group:
    String?
  @Option(help: ArgumentHelp("From now on, run at most this many tasks of the group at a time.", valueName: "n"))
  var limit: Int64?
  @Option(
    help: ArgumentHelp("From now on, start tasks of the group no faster than this, such as 30/m.", valueName: "rate"))
  var rate: Rate?
  @Option(
    help: ArgumentHelp(
      "Run it on a worker with this word only (work --host-tag), such as one whose machine has the data.",
      valueName: "tag"))
  var on: String?
  @Option(help: ArgumentHelp("An environment variable for the task; may be repeated.", valueName: "name=value"))
  var env: [String] = []
  @Flag(help: "Pass on no variables of the worker except PATH, HOME, USER, SHELL, LANG, LC_ALL, TZ and TMPDIR.")
  var cleanEnv = false
  @Option(
    help: ArgumentHelp("Run the task in this folder instead of the current one.", valueName: "folder"),
    completion: .directory)
  var cwd: String?
  @Option(
    help: ArgumentHelp(
      """
      What a shell runs if the task fails for good, as a task of its own (default: that of fs-queue on-failure). It finds \
      FS_FAILED_ID, FS_FAILED_REASON, FS_FAILED_STATUS, FS_FAILED_ATTEMPTS, FS_FAILED_COMMAND and FS_FAILED_SCHEDULE in \
      its environment, and the end of the log on its input. An empty command turns this off.
      """,
      valueName: "command"))
  var onFailure: String?
  @Option(help: ArgumentHelp("A tag to find the task by; may be repeated.", valueName: "word")) var tag: [String] =
    []

  mutating func validate() throws {
    guard (0...1000).contains(retries) else { throw ValidationError("--retries must be 0 to 1000") }
    guard (0.01...86_400).contains(delay.seconds) else { throw ValidationError("--delay must be 10ms to 1d") }
    guard (0.01...86_400).contains(maxDelay.seconds) else { throw ValidationError("--max-delay must be 10ms to 1d") }
    guard (0.01...31_536_000).contains(timeout?.seconds ?? 1) else {
      throw ValidationError("--timeout must be 10ms to 365d")
    }
    guard (0...3e9).contains(later?.seconds ?? 0), (0...3e9).contains(expires?.seconds ?? 0) else {
      throw ValidationError("--in and --expires must be 0 to 34000d")
    }
    guard later == nil || at == nil else { throw ValidationError("--in excludes --at") }
    guard on?.isEmpty != true else { throw ValidationError("--on needs a word") }
    for pair in env where !pair.contains("=") || pair.hasPrefix("=") {
      throw ValidationError("--env \(pair): name=value is expected")
    }
    guard (limit == nil && rate == nil) || group?.isEmpty == false else {
      throw ValidationError("--limit and --rate need --group")
    }
    guard (1...1_000_000).contains(limit ?? 1) else { throw ValidationError("--limit must be 1 to 1000000") }
    guard (1 / 86_400...1000).contains(rate?.perSecond ?? 1) else {
      throw ValidationError("--rate must be 1/86400s to 1000/s")
    }
    if condition != "ok", after.isEmpty { throw ValidationError("--if needs --after") }
    do throws(Expression.Failure) { _ = try OutcomeCondition(condition) } catch {
      throw ValidationError("--if: \(error.sentence)")
    }
    if let retryOn, statuses(retryOn) == nil {
      throw ValidationError("--retry-on: exit statuses from 1 to 255 are expected")
    }
  }

  private func statuses(_ text: String) -> Set<Int64>? {
    let numbers = text.split(separator: ",", omittingEmptySubsequences: false).map { Int64($0) }
    guard numbers.allSatisfy({ $0.map { (1...255).contains($0) } ?? false }) else { return nil }
    return Set(numbers.compactMap { $0 })
  }

  /// A new task with these options.
  func task(_ command: [String]) throws -> NewTask {
    var task = NewTask(arguments: command, folder: try folder())
    task.priority = priority
    task.retry.retries = Int64(retries)
    task.retry.delay = delay.milliseconds
    task.retry.longest = maxDelay.milliseconds
    task.retry.backoff = backoff
    task.retry.statuses = retryOn.flatMap(statuses)
    task.timeout = timeout?.milliseconds
    task.tags = tag
    task.hasCleanEnvironment = cleanEnv
    task.group = group ?? ""
    task.place = on ?? ""
    task.onFailure = onFailure
    task.dueIn = later?.milliseconds
    if let at {
      guard let instant = Timestamp.parse(at) else {
        throw ToolFailure(.usage, "--at \(at): a date or an instant (2026-01-31T14:30:00Z) is expected")
      }
      task.due = instant / 1_000_000
    }
    task.expiresIn = expires?.milliseconds
    for pair in env {
      let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      task.environment[String(sides[0])] = String(sides[1])
    }
    let condition = (try? OutcomeCondition(condition)) ?? .completed
    task.after = after.map { Dependency(.task($0), condition) }
    return task
  }

  private func folder() throws -> String {
    guard let path = ByteText.withCString(cwd ?? ".", { realpath($0, nil) }) else {
      throw ToolFailure(.noInput, "\(cwd ?? "."): \(systemErrorText(errno))")
    }
    defer { free(path) }
    return ByteText.text(cString: path)
  }

  /// Sets the limits of the group, if any were given.
  func limit(_ queue: any TaskQueue) throws {
    let change = QueueGroupChange(
      limit: limit.map { .some($0) }, gap: rate.map { .some(Int64(1_000_000 / $0.perSecond)) })
    guard let group, !change.isEmpty else { return }
    try queue.change(group: group, change)
  }
}
