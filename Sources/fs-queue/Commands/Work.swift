import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageQueue
import FinstageStore
import FinstageSystem

/// `fs-queue work`: runs tasks.
struct Work: Tool {
  static let configuration = CommandConfiguration(
    commandName: "work",
    abstract: "Run tasks and schedules until a signal stops this worker, or until all tasks are finished (--drain).")

  @Option(help: "How many tasks to run at a time, 1 to 1000 (default: the setting queue.workers, or 4).") var workers:
    Int?
  @Option(
    help: ArgumentHelp(
      "Run tasks that were added --on this word, too; may be repeated. Tasks without one run anywhere.",
      valueName: "tag"))
  var hostTag: [String] = []
  @Flag(help: "Stop when all tasks are finished; status 1 if one failed meanwhile.") var drain = false
  @Option(help: ArgumentHelp("How long running tasks may continue after TERM.", valueName: "span"))
  var grace = TimeSpan.seconds(30)
  @Option(
    help: ArgumentHelp(
      "Treat a task as one level more urgent after it has been ready for this long, as two after twice as long.",
      valueName: "span"))
  var starve: TimeSpan?
  @Option(
    help: ArgumentHelp(
      "How much of a task's output to keep, 64KiB to 1GiB: its beginning and its end.", valueName: "size"))
  var outputLimit = ByteSize(bytes: 16 << 20)
  @Option(
    help: ArgumentHelp(
      "Remove completed and cancelled tasks that ended longer ago than this; or never.", valueName: "span"))
  var keepCompleted = "7d"
  @Option(help: ArgumentHelp("The same for failed tasks; dead tasks stay.", valueName: "span")) var keepFailed = "30d"
  @Flag(help: "Be faster: acknowledged changes survive crashes, but not power cuts.") var fast = false
  @Flag(help: "Print one JSON line on standard error at the end: tasks, seconds, peak memory.") var stats = false
  @OptionGroup var options: QueueOptions

  mutating func validate() throws {
    guard (1...1000).contains(workers ?? 1) else { throw ValidationError("--workers must be 1 to 1000") }
    guard hostTag.allSatisfy({ !$0.isEmpty && !$0.contains(",") }), hostTag.count <= 32 else {
      throw ValidationError("--host-tag needs words without commas, at most 32 of them")
    }
    guard (0...86_400).contains(grace.seconds) else { throw ValidationError("--grace must be 0 to 1d") }
    guard (1...31_536_000).contains(starve?.seconds ?? 1) else { throw ValidationError("--starve must be 1s to 365d") }
    for (name, text) in [("--keep-completed", keepCompleted), ("--keep-failed", keepFailed)] where text != "never" {
      guard let seconds = TimeSpan(text)?.seconds, (0...3e9).contains(seconds) else {
        throw ValidationError("\(name) must be 0 to 34000d, or never")
      }
    }
    guard (64 << 10...1 << 30).contains(outputLimit.bytes) else {
      throw ValidationError("--output-limit must be 64KiB to 1GiB")
    }
  }

  mutating func execute() throws -> ExitStatus {
    var settings = LocalWorker.Settings()
    settings.slots = try workers ?? SettingsFile.number("queue.workers", in: 1...1000) ?? 4
    settings.drains = drain
    settings.places = hostTag
    settings.grace = grace.seconds
    settings.starvation = starve?.milliseconds
    settings.outputLimit = outputLimit.bytes
    settings.retention = Retention(
      completed: TimeSpan(keepCompleted)?.milliseconds, failed: TimeSpan(keepFailed)?.milliseconds)
    let diagnostics = options.diagnostics("work")
    var statistics = RunStatistics(tool: "fs-queue")
    let queue = try options.open(isDurable: !fast)
    // Tasks that expire or die fail without an end that this worker sees.
    func failures() throws -> Int {
      let counts = try queue.figures().counts
      return (counts[.failed] ?? 0) + (counts[.dead] ?? 0)
    }
    let before = drain ? try failures() : 0
    if drain {
      for lack in try queue.placesWithoutWorker() where !hostTag.contains(lack.place) {
        diagnostics.warning("\(TaskText.lack(lack)): this one waits for their end, but does not run them")
      }
    }
    let worker = try LocalWorker(
      queue, try options.spool(), settings, warning: diagnostics.warning,
      note: diagnostics.note)
    try worker.run()
    statistics.count("completed", worker.completed)
    statistics.count("failed", worker.failed)
    statistics.report(isWanted: stats, diagnostics)
    return try drain && (worker.failed > 0 || failures() > before) ? .partly : .done
  }
}
