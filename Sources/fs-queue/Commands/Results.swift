import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageQueue
import FinstageStore
import FinstageSystem

/// `fs-queue results`: prints the results of the tasks of a batch.
struct Results: Tool {
  static let configuration = CommandConfiguration(
    commandName: "results",
    abstract: "Print the results of the tasks of a batch, one JSON object a line.",
    discussion: """
      Each object has "task_id", "item" (the line that the task was made from), "status", "exit_status", \
      "execution_time" and "result". The result is what the task printed: unchanged if it is JSON, a list if each \
      line is a JSON value, otherwise a string. If the task printed more than 1 MiB, "result_bytes" says how much \
      instead, and "result_path" names the file, which a queue on PostgreSQL has not: fs-queue result prints it.
      """)

  @Flag(help: "Exit with status 1 if any of the tasks did not complete.") var check = false
  @OptionGroup var output: OutputOption
  @OptionGroup var options: QueueOptions
  @Argument(help: "The number that batch printed (default: the value of FS_TASK_ID).") var id: Int64?

  mutating func execute() throws -> ExitStatus {
    guard let batch = id ?? Environment["FS_TASK_ID"].flatMap({ Int64($0) }) else {
      throw ToolFailure(.usage, "the number of the batch is missing (fs-queue batch prints it)")
    }
    let queue = try options.open()
    _ = try queue.known(batch)
    var filter = TaskFilter()
    filter.gatherer = batch
    filter.isRising = true
    filter.after = 0
    var isPartly = false
    let printer = try output.printer(Results.description)
    while true {
      let tasks = try queue.tasks(filter, limit: 1000)
      for task in tasks {
        if task.state != .completed { isPartly = true }
        try printer.print(try Results.record(task, queue))
      }
      guard let last = tasks.last else { break }
      filter.after = last.id
    }
    try printer.finish()
    return check && isPartly ? .partly : .done
  }

  private static let description = RecordDescription<TaskRecord>([
    .init("task_id", .integer) { JSONValue($0.id) },
    .init("item", .text) { .string($0.item ?? "") },
    .init("status", .text) { .string($0.state.name) },
    .init("exit_status", .integer) { JSONValue($0.status) },
    .init("execution_time", .number) { JSONValue($0.seconds) },
    .init("result", .json, optional: true) { _ in .null },
    .init("result_path", .text, optional: true) { _ in .null },
    .init("result_bytes", .integer, optional: true) { _ in .null },
  ])

  /// Larger results are named by their files.
  private static let largest = 1 << 20

  private static func record(_ task: TaskRecord, _ queue: any TaskQueue) throws -> JSONValue {
    let record = description.json(task)
    let bytes = try queue.output(task.id, attempt: task.attempt, .output, from: 0, limit: largest + 1) ?? []
    if bytes.count > largest {
      let path = try queue.outputFile(task.id, attempt: task.attempt, .output)
      let length = try queue.attempts(task.id).last { $0.number == task.attempt }?.outputLength
      return record.adding([("result_path", JSONValue(path)), ("result_bytes", JSONValue(length))])
    }
    return record.adding([("result", value(bytes))])
  }

  /// What was printed, as JSON: a value, a list of a value a line, otherwise a text.
  static func value(_ bytes: [UInt8]) -> JSONValue {
    var text = bytes[...]
    while let last = text.last, [0x0A, 0x0D, 0x20].contains(last) { text.removeLast() }
    if text.isEmpty { return .null }
    if let value = try? JSONValue.parse(Array(text)) { return value }
    let lines = text.split(separator: 0x0A)
    let values = lines.compactMap { try? JSONValue.parse(Array($0)) }
    if lines.count > 1, values.count == lines.count { return .array(values) }
    return .string(String(decoding: text, as: UTF8.self))
  }
}
