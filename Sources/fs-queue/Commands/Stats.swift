import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageQueue
import FinstageStore
import FinstageSystem

/// `fs-queue stats`: shows the queue in numbers.
struct Stats: Tool {
  static let configuration = CommandConfiguration(
    commandName: "stats",
    abstract: "Show depth by state, success rate, age of the oldest ready task and workers.")

  @Flag(help: "Print the text format of Prometheus instead of a table.") var prometheus = false
  @Flag(help: "Print one JSON object instead of a table.") var json = false
  @OptionGroup var output: OutputOption
  @OptionGroup var options: QueueOptions

  mutating func execute() throws -> ExitStatus {
    let queue = try options.open()
    let figures = try queue.figures()
    let workers = try queue.workers()
    if prometheus {
      try output.write(QueueReport(figures, workers, now: queue.now).prometheus(try queue.groups()))
    } else if json {
      try output.write([QueueReport(figures, workers, now: queue.now).json.text])
    } else {
      try output.write(TextTable.lines(QueueReport(figures, workers, now: queue.now).rows))
    }
    return .done
  }
}
