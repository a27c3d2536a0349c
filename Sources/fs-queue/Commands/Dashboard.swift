import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageQueue
import FinstageStore
import FinstageSystem

/// `fs-queue dashboard`: shows the queue on one page.
struct Dashboard: Tool {
  static let configuration = CommandConfiguration(
    commandName: "dashboard",
    abstract: "Show the queue on a live page in the terminal until q or Ctrl-C, or print the page once.")

  @Flag(help: "Print the page once and exit.") var once = false
  @Flag(help: "Print one JSON object instead of the page; with --interval, repeatedly.") var json = false
  @Option(help: ArgumentHelp("The time between two updates, 100ms to 1h.", valueName: "span")) var interval: TimeSpan?
  @OptionGroup var options: QueueOptions

  mutating func validate() throws {
    guard (0.1...3600).contains(interval?.seconds ?? 1) else { throw ValidationError("--interval must be 100ms to 1h") }
  }

  mutating func execute() throws -> ExitStatus {
    let queue = try options.open()
    if json {
      while true {
        try write([try DashboardPage(queue).json.text])
        guard let interval, !once else { return .done }
        _ = poll(nil, 0, Int32(interval.milliseconds))
        if Interruption.signal != 0 { return .done }
      }
    }
    if once || !Terminal.isTerminal(1) {
      try write(try DashboardPage(queue).lines(width: 100, height: .max, colours: false))
      return .done
    }
    let colours = Environment["NO_COLOR"] == nil
    try LivePage.show(every: interval?.seconds ?? 1) { width, height in
      try DashboardPage(queue).lines(width: width, height: height, colours: colours)
    }
    return .done
  }
}
