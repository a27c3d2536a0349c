import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageQueue
import FinstageStore
import FinstageSystem

/// `fs-queue workers`: lists the workers, or changes how many tasks they run at a time.
struct Workers: Tool {
  static let configuration = CommandConfiguration(
    commandName: "workers",
    abstract: "List the workers: the process of each, its running tasks, and how many it has finished.",
    discussion: """
      With --slots, the workers that are named by their process numbers or names, or all, run that many tasks at a time from \
      now on. Tasks that run already continue.
      """)

  @Flag(help: "Print one JSON object a line instead of a table.") var json = false
  @Option(help: ArgumentHelp("Let them run this many tasks at a time, 1 to 1000.", valueName: "n")) var slots: Int?
  @OptionGroup var options: QueueOptions
  @Argument(help: "Process numbers or names of workers; none for all.") var names: [String] = []

  mutating func validate() throws {
    guard (1...1000).contains(slots ?? 1) else { throw ValidationError("--slots must be 1 to 1000") }
  }

  mutating func execute() throws -> ExitStatus {
    let queue = try options.open()
    let all = try queue.workers()
    let workers = all.filter { worker in
      names.isEmpty || names.contains(String(worker.identity.pid)) || names.contains(worker.identity.id)
    }
    for name in names where !workers.contains(where: { name == String($0.identity.pid) || name == $0.identity.id }) {
      throw ToolFailure(.noInput, "there is no worker \(name)")
    }
    if let slots {
      if workers.isEmpty { throw ToolFailure(.unavailable, "no worker is running (start one: fs-queue work)") }
      for worker in workers { _ = try queue.setSlots(slots, worker: worker.identity.id) }
      return .done
    }
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
