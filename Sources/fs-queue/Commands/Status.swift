import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageQueue
import FinstageStore
import FinstageSystem

/// `fs-queue status`: shows a task, or counts tasks by state.
struct Status: Tool {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Show a task and its history, or count tasks by state.")

  @Flag(help: "Print JSON instead of text.") var json = false
  @OptionGroup var options: QueueOptions
  @Argument(help: "The numbers of tasks.") var ids: [Int64] = []

  mutating func execute() throws -> ExitStatus {
    let queue = try options.open()
    if ids.isEmpty {
      let figures = try queue.figures()
      let counts = TaskState.allCases.map { (key: $0.name, value: JSONValue(figures.counts[$0] ?? 0)) }
      if json {
        var members = counts + [("paused", .bool(figures.isPaused))]
        let lacking = try queue.placesWithoutWorker()
        if !lacking.isEmpty {
          members.append(("without_worker", .object(lacking.map { ($0.place, JSONValue($0.count)) })))
        }
        try write([JSONValue.object(members).text])
        return .done
      }
      var lines = TaskState.allCases.map { state in
        state.name + String(repeating: " ", count: 11 - state.name.count) + String(figures.counts[state] ?? 0)
      }
      lines += try queue.placesWithoutWorker().map(TaskText.lack)
      if figures.isPaused { lines.append("paused: no task starts until fs-queue resume") }
      try write(lines)
      return .done
    }
    var lines: [String] = []
    for id in ids {
      let task = try queue.known(id)
      lines += json ? [TaskRecord.description.json(try queue.withParents(task)).text] : try describe(task, queue)
    }
    try write(lines)
    return .done
  }

  private func describe(_ task: TaskRecord, _ queue: any TaskQueue) throws -> [String] {
    var lines = [try TaskText.row(task, queue).joined(separator: "  ")]
    if let note = task.note { lines.append("  \(Terminal.plain(note))") }
    if task.state.isHeld, let owner = task.owner, !queue.isAlive(owner) {
      lines.append("  its worker is dead; the next worker returns it to the queue (fs-queue work)")
    }
    if task.parents > 0 {
      let parents = try queue.parents(of: task.id)
      lines.append(
        "  waits for \(parents.prefix(20).map(String.init).joined(separator: ", "))\(parents.count > 20 ? ", ..." : "")"
      )
    }
    if !task.place.isEmpty, !task.state.isFinal, !task.state.isHeld,
      try queue.placesWithoutWorker().contains(where: { $0.place == task.place })
    {
      lines.append("  waits for a worker with --host-tag \(task.place); there is none")
    }
    for event in try queue.history(task.id) {
      let note = event.note.map { " (\(Terminal.plain($0)))" } ?? ""
      lines.append("  \(JSONValue(time: event.at).plainText) \(event.state.name)\(note)")
    }
    return lines
  }
}
