import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageStore

/// `fs-queue export`: everything, for other tools.
struct Export: Tool {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Print tasks with their attempts, the oldest first: one JSON object a line.",
    discussion: """
      A name after -o that tells of another format gets that: fs-queue export -o tasks.parquet.

      peak_memory_bytes is null for programs that take less than the worker itself (about 15 MB): the kernel does not tell.
      """)

  @Option(help: "Only those in this state.") var state: TaskState?
  @Option(help: ArgumentHelp("Only those with this tag.", valueName: "word")) var tag: String?
  @Option(help: ArgumentHelp("Only those with greater numbers.", valueName: "id")) var after: Int64?
  @Flag(help: "With what they have printed, as far as it is kept in the database (64 KiB).") var outputs = false
  @Flag(help: "With each change of their state.") var history = false
  @OptionGroup var output: OutputOption
  @OptionGroup var options: QueueOptions

  mutating func execute() throws(ToolFailure) -> ExitStatus {
    let queue = try options.open()
    var filter = TaskFilter()
    filter.state = state
    filter.tag = tag
    filter.isRising = true
    filter.after = after ?? 0
    let printer = try LinePrinter(output, isRecords: true)
    while true {
      let part = filter
      let tasks = try storing { () throws(DatabaseError) in try queue.tasks(part, limit: 1000) }
      for task in tasks { try printer.print(try line(task, queue)) }
      guard let last = tasks.last, Interruption.signal == 0 else { break }
      filter.after = last.id
    }
    try printer.finish()
    return .done
  }

  private func line(_ task: TaskRecord, _ queue: any TaskQueue) throws(ToolFailure) -> String {
    var line = String(TaskText.json(task).dropLast())
    let attempts = try storing { () throws(DatabaseError) in try queue.attempts(task.id) }
    line += ",\"cwd\":\(JSONString.quoted(task.folder)),\"runs\":["
    for (i, attempt) in attempts.enumerated() {
      if i > 0 { line += "," }
      line += "{\"attempt\":\(attempt.number),\"worker_id\":\(attempt.owner.map(JSONString.quoted) ?? "null")"
      line += ",\"started_at\":\(TaskText.time(attempt.began)),\"ended_at\":\(TaskText.time(attempt.ended))"
      line +=
        ",\"end\":\(attempt.how.map(JSONString.quoted) ?? "null"),\"exit_status\":\(attempt.status.map(String.init) ?? "null")"
      func seconds(_ value: Int64?) -> String { value.map { NumberText.string(Double($0) / 1e6) } ?? "null" }
      line +=
        ",\"user_seconds\":\(seconds(attempt.userMicroseconds)),\"system_seconds\":\(seconds(attempt.systemMicroseconds))"
      line += ",\"peak_memory_bytes\":\(attempt.peakKilobytes.map { String($0 * 1024) } ?? "null")"
      line +=
        ",\"output_bytes\":\(attempt.outputLength.map(String.init) ?? "null"),\"log_bytes\":\(attempt.errorsLength.map(String.init) ?? "null")"
      if outputs {
        for (key, errors) in [("output", false), ("log", true)] {
          let kept = try storing { () throws(DatabaseError) in
            try queue.output(task.id, attempt: attempt.number, errors: errors)
          }
          line += ",\"\(key)\":\(kept?.bytes.map { JSONString.quoted(String(decoding: $0, as: UTF8.self)) } ?? "null")"
        }
      }
      line += "}"
    }
    line += "]"
    if history {
      let events = try storing { () throws(DatabaseError) in try queue.history(task.id) }
      let texts = events.map { event in
        "{\"at\":\(TaskText.time(event.at)),\"status\":\"\(event.state.name)\",\"note\":\(event.note.map(JSONString.quoted) ?? "null")}"
      }
      line += ",\"history\":[\(texts.joined(separator: ","))]"
    }
    return line + "}"
  }
}
