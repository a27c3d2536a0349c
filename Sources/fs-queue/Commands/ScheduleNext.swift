import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageQueue
import FinstageStore
import FinstageSystem

extension Schedule {
  struct Next: Tool {
    static let configuration = CommandConfiguration(commandName: "next", abstract: "Show when each job fires next.")

    @Option(help: "How many firings of each job to show, 1 to 10000.") var count = 1
    @Option(help: ArgumentHelp("Begin at this time instead of now.", valueName: "time")) var from: String?
    @OptionGroup var options: QueueOptions
    @Argument(help: "Show only these jobs.") var names: [String] = []

    mutating func validate() throws {
      guard (1...10_000).contains(count) else { throw ValidationError("--count must be 1 to 10000") }
    }

    mutating func execute() throws -> ExitStatus {
      let queue = try options.open()
      var start = queue.now / 1000
      if let from {
        guard let instant = Timestamp.parse(from) else {
          throw ToolFailure(.usage, "--from \(from): a date or an instant (2026-01-31T14:30:00Z) is expected")
        }
        start = instant / 1_000_000_000 - 1
      }
      var jobs = try queue.schedules().map(\.job)
      for name in names where !jobs.contains(where: { $0.name == name }) {
        throw ToolFailure(.noInput, "there is no schedule \"\(name)\"")
      }
      if !names.isEmpty { jobs = jobs.filter { names.contains($0.name) } }
      try write(Schedule.upcoming(jobs, count: count, after: start).map(\.text))
      return .done
    }
  }
}
