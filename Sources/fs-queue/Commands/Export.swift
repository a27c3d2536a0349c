import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageQueue
import FinstageStore
import FinstageSystem

/// `fs-queue export`: prints tasks and attempts for other tools.
struct Export: Tool {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Print tasks with their attempts, the oldest first, one JSON object a line.",
    discussion: """
      The name of the file after -o can select another format: fs-queue export -o tasks.parquet.

      peak_memory_bytes is null for programs that use less memory than the worker itself (about 15 MB), because the \
      kernel does not report it for them.
      """)

  @Option(help: "Export only tasks in this state.") var state: TaskState?
  @Option(help: ArgumentHelp("Export only tasks with this tag.", valueName: "word")) var tag: String?
  @Option(help: ArgumentHelp("Export only tasks with a greater number.", valueName: "id")) var after: Int64?
  @Flag(help: "Include outputs that are kept in the database (up to 64 KiB each).") var outputs = false
  @Flag(help: "Include each change of state.") var history = false
  @OptionGroup var output: OutputOption
  @OptionGroup var options: QueueOptions

  mutating func execute() throws -> ExitStatus {
    let queue = try options.open()
    var filter = TaskFilter()
    filter.state = state
    filter.tag = tag
    filter.isRising = true
    filter.after = after ?? 0
    var fields = TaskRecord.description.fields
    fields.append(.init("cwd", .text) { .string($0.folder) })
    fields.append(.init("runs", .json) { _ in .null })
    if history { fields.append(.init("history", .json) { _ in .null }) }
    let printer = try output.printer(RecordDescription(fields))
    while true {
      let tasks = try queue.tasks(filter, limit: 1000)
      for task in tasks { try printer.print(try record(task, queue)) }
      guard let last = tasks.last, Interruption.signal == 0 else { break }
      filter.after = last.id
    }
    try printer.finish()
    return .done
  }

  private func record(_ task: TaskRecord, _ queue: any TaskQueue) throws -> JSONValue {
    let runs = try queue.attempts(task.id).map { attempt in
      let run = AttemptRecord.description.json(attempt)
      guard outputs else { return run }
      func text(_ stream: TaskStream) throws -> JSONValue {
        let length = stream == .log ? attempt.logLength : attempt.outputLength
        guard let length, (1...Int64(LocalSpool.inlineSize)).contains(length) else { return .null }
        let bytes = try queue.output(task.id, attempt: attempt.number, stream, from: 0, limit: LocalSpool.inlineSize)
        return JSONValue(bytes.map { String(decoding: $0, as: UTF8.self) })
      }
      return run.adding([("output", try text(.output)), ("log", try text(.log))])
    }
    let events = history ? JSONValue.array(try queue.history(task.id).map(TaskEvent.description.json)) : nil
    return TaskRecord.description.json(task).adding([
      ("cwd", .string(task.folder)), ("runs", .array(runs)), ("history", events),
    ])
  }
}
