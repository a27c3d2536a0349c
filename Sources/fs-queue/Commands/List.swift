import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageQueue
import FinstageStore
import FinstageSystem

/// `fs-queue list`: tasks, the newest first.
struct List: Tool {
  static let configuration = CommandConfiguration(commandName: "list", abstract: "List tasks, the newest first.")

  @Option(help: "List only tasks in this state.") var state: TaskState?
  @Option(help: "List at most this many tasks, 1 to 1,000,000.") var limit = 50
  @Option(help: ArgumentHelp("List only tasks with this tag.", valueName: "word")) var tag: String?
  @Option(help: ArgumentHelp("List only tasks of this group.", valueName: "name")) var group: String?
  @Option(help: ArgumentHelp("List only tasks of this batch.", valueName: "id")) var batch: Int64?
  @Option(help: ArgumentHelp("List only tasks that this schedule added.", valueName: "name")) var schedule: String?
  @Flag(help: "Print one JSON object a line instead of a table.") var json = false
  @OptionGroup var output: OutputOption
  @OptionGroup var options: QueueOptions

  mutating func validate() throws {
    guard (1...1_000_000).contains(limit) else { throw ValidationError("--limit must be 1 to 1000000") }
  }

  mutating func execute() throws -> ExitStatus {
    let queue = try options.open()
    var filter = TaskFilter()
    filter.state = state
    filter.tag = tag
    filter.group = group
    filter.gatherer = batch
    filter.schedule = schedule
    let tasks = try queue.tasks(filter, limit: limit)
    if json {
      try output.write(tasks.map(queue.withParents), TaskRecord.description)
    } else {
      let rows = try tasks.map { try TaskText.row($0, queue) }
      try output.write(TextTable.lines([TaskText.header] + rows))
    }
    return .done
  }
}
