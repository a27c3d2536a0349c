import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageQueue
import FinstageStore
import FinstageSystem

/// `fs-queue retry`: runs finished tasks again.
struct Retry: Tool {
  static let configuration = CommandConfiguration(
    commandName: "retry", abstract: "Run finished tasks again, under their old numbers.")

  @OptionGroup var options: QueueOptions
  @Argument(help: "The numbers of tasks.") var ids: [Int64]

  mutating func execute() throws -> ExitStatus {
    try options.change(ids, "retry") { queue, id in
      do {
        guard let state = try queue.retry(id) else { return "there is no task \(id)" }
        return state.isFinal ? nil : "task \(id) is \(state.name), not finished"
      } catch let refusal as TaskRefusal {
        return "task \(id): \(refusal.sentence)"
      }
    }
  }
}
