import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageQueue
import FinstageStore
import FinstageSystem

extension Schedule {
  struct Log: Tool {
    static let configuration = CommandConfiguration(
      commandName: "log",
      abstract: "Show the outcome of each firing, the newest first, one JSON object a line.")
    @Option(help: "Show at most this many firings, 1 to 1,000,000.") var limit = 50
    @OptionGroup var options: QueueOptions
    @Argument(help: "Show only this job.") var name: String?

    mutating func validate() throws {
      guard (1...1_000_000).contains(limit) else { throw ValidationError("--limit must be 1 to 1000000") }
    }

    mutating func execute() throws -> ExitStatus {
      let queue = try options.open()
      try write(try queue.firings(name, limit: limit).map { FiringRecord.description.json($0).text })
      return .done
    }
  }
}
