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
      abstract: "Tell what came of the slots of schedules, the newest first: one JSON object a line.")
    @Option(help: "At most so many, 1 to 1,000,000.") var limit = 50
    @OptionGroup var options: QueueOptions
    @Argument(help: "Only of this job.") var name: String?

    mutating func validate() throws {
      guard (1...1_000_000).contains(limit) else { throw ValidationError("--limit is 1 to 1000000") }
    }

    mutating func execute() throws -> ExitStatus {
      let queue = try options.open()
      try write(try queue.firings(name, limit: limit).map { FiringRecord.description.json($0).text })
      return .done
    }
  }
}
