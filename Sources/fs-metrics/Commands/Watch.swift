import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageMetrics
import FinstageSystem

/// `fs-metrics watch`: the report, again and again.
struct Watch: Tool {
  static let configuration = CommandConfiguration(
    commandName: "watch", abstract: "Show the report and the status again and again, in a terminal.")
  @OptionGroup var window: WindowOptions
  @Option(help: ArgumentHelp("How often, 1s to 1h.", valueName: "span")) var every = TimeSpan.seconds(2)
  @Option(help: ArgumentHelp("End after so many times.", valueName: "count")) var count: Int?
  @OptionGroup var store: MetricsStoreOption

  mutating func validate() throws {
    guard (1...3600).contains(every.seconds) else { throw ValidationError("--every must be 1s to 1h") }
    guard count ?? 1 > 0 else { throw ValidationError("--count must be at least 1") }
  }

  mutating func execute() throws -> ExitStatus {
    let store = try self.store.open()
    var shown = 0
    while !Interruption.isRequested {
      let health = Health(try Health.Readings(store, in: window.span))
      var lines = [
        "\(Timestamp.string(SystemClock.wallSeconds * 1_000_000_000))  \(health.status?.rawValue ?? "no readings")"
      ]
      if let score = health.score { lines[0] += "  \(JSONValue.rounded(score, 0).text) of 100" }
      lines += [""] + Report.table(try Report.summaries(store, window))
      let home = Terminal.isTerminal(1) ? "\u{1B}[H\u{1B}[2J" : ""
      try write([home + lines.joined(separator: "\n")])
      shown += 1
      if let count, shown >= count { break }
      Interruption.wait(until: SystemClock.monotonic + every.seconds)
    }
    return .done
  }
}
