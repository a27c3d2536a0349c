import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageQueue
import FinstageStore
import FinstageSystem

/// `fs-queue workers`: lists the workers.
struct Workers: Tool {
  static let configuration = CommandConfiguration(
    commandName: "workers",
    abstract: "List the workers: the process of each, its running tasks, and how many it has finished.")

  @Flag(help: "Print one JSON object a line instead of a table.") var json = false
  @OptionGroup var options: QueueOptions

  mutating func execute() throws -> ExitStatus {
    let workers = try options.open().workers()
    if json {
      try write(workers.map { WorkerRecord.description.json($0).text })
      return .done
    }
    let rows = workers.map { worker in
      [
        worker.identity.id, String(worker.identity.pid), "\(worker.tasks.count)/\(worker.slots)",
        String(worker.completed), String(worker.failed), PlainText.age(worker.now - worker.started),
        worker.tasks.map(String.init).joined(separator: " "),
      ]
    }
    try write(TextTable.lines([["worker", "process", "slots", "completed", "failed", "up", "tasks"]] + rows))
    return .done
  }
}
