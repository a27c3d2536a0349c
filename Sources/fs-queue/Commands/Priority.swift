import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageQueue
import FinstageStore
import FinstageSystem

/// `fs-queue priority`: makes waiting tasks more or less urgent.
struct Priority: Tool {
  static let configuration = CommandConfiguration(
    commandName: "priority", abstract: "Change how urgent waiting tasks are, such as fs-queue priority high 17 18.")
  @OptionGroup var options: QueueOptions
  @Argument(help: "How urgent they are.") var priority: TaskPriority
  @Argument(help: "The numbers of tasks.") var ids: [Int64]

  mutating func execute() throws -> ExitStatus {
    let priority = priority
    return try options.change(ids, "priority") { queue, id in
      let state = try queue.edit(id) { task in
        var task = task
        task.priority = priority
        return task
      }
      return QueueOptions.objection(id, state)
    }
  }
}

extension QueueOptions {
  /// What speaks against a change of a task that was found in a state; nil if it was changed.
  static func objection(_ id: Int64, _ state: TaskState?) -> String? {
    guard let state else { return "there is no task \(id)" }
    return state.isFinal || state.isHeld ? "task \(id) is \(state.name): only waiting tasks can be changed" : nil
  }
}
