import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageStore

/// `fs-queue work`: runs tasks.
struct Work: Tool {
  static let configuration = CommandConfiguration(
    commandName: "work", abstract: "Run tasks as they come, until a signal says stop, or until all are finished.")

  @Option(help: "How many tasks at a time, 1 to 1000.") var workers = 4
  @Flag(help: "Stop when no task is left that is not finished; status 1 if one has failed meanwhile.") var drain = false
  @Option(help: ArgumentHelp("How long running tasks may go on after TERM.", valueName: "span")) var grace = Span(
    seconds: 30)
  @Flag(help: "Faster: what is acknowledged survives crashes, but not power cuts.") var fast = false
  @OptionGroup var options: QueueOptions

  mutating func validate() throws {
    guard (1...1000).contains(workers) else { throw ValidationError("--workers is 1 to 1000") }
    guard (0...86_400).contains(grace.seconds) else { throw ValidationError("--grace is 0 to 1d") }
  }

  mutating func execute() throws(ToolFailure) -> ExitStatus {
    let queue = try options.open(isDurable: !fast)
    let worker = try Worker(
      queue, slots: workers, drains: drain, grace: grace.seconds, options.diagnostics("work"))
    try worker.run()
    return drain && worker.failed > 0 ? .partly : .done
  }
}
