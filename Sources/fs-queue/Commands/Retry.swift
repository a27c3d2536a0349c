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
    let queue = try options.open()
    var isPartly = false
    for id in ids {
      let state: TaskState?
      do { state = try queue.retry(id) } catch let refusal as TaskRefusal {
        options.diagnostics("retry").error("task \(id): \(refusal.sentence)")
        isPartly = true
        continue
      }
      if state == nil || !state!.isFinal {
        options.diagnostics("retry").error(
          state.map { "task \(id) is \($0.name), not finished" } ?? "there is no task \(id)")
        isPartly = true
      }
    }
    return isPartly ? .partly : .done
  }
}
