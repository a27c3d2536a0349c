import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageProcess
import FinstageQueue
import FinstageStore
import FinstageSystem

/// `fs-queue edit`: changes a waiting task.
struct Edit: Tool {
  static let configuration = CommandConfiguration(
    commandName: "edit", abstract: "Change a waiting task: its command, or other members of its definition.",
    discussion: """
      fs-queue edit 17 -- COMMAND gives it another command, --set changes other members: \(TaskDefinition.editable.sorted().joined(separator: ", ")), \
      as in the files of add --chain. A value is JSON, or text: --set timeout=5m --set retries=3 --set 'tags=["a", "b"]'; null takes \
      a member away. With neither, the definition opens in the editor that VISUAL or EDITOR names (vi without them). What a \
      task waits for, and when it is due, stay.
      """)
  @Option(help: ArgumentHelp("A member and its new value; may be repeated.", valueName: "member=value"))
  var set: [String] = []
  @OptionGroup var options: QueueOptions
  @Argument(help: "The number of the task.") var id: Int64
  @Argument(parsing: .postTerminator, help: "The new program and its arguments.") var command: [String] = []

  mutating func execute() throws -> ExitStatus {
    var changes: [(key: String, value: JSONValue)] = []
    for pair in set {
      guard let equals = pair.firstIndex(of: "="), equals > pair.startIndex else {
        throw ToolFailure(.usage, "--set \(pair): member=value is expected")
      }
      let key = String(pair[..<equals])
      guard TaskDefinition.editable.contains(key) else {
        throw ToolFailure(
          .usage, "--set \(pair): choose from \(TaskDefinition.editable.sorted().joined(separator: ", "))")
      }
      let text = String(pair[pair.index(after: equals)...])
      changes.append((key, (try? JSONValue.parse(Array(text.utf8))) ?? .string(text)))
    }
    if !command.isEmpty { changes.append(("command", JSONValue(command))) }
    let queue = try options.open()
    let edited = changes.isEmpty ? try editByHand(queue) : nil
    let state = try queue.edit(id) { task in
      if let edited {
        guard TaskDefinition(task).json().text == edited.before.text else {
          throw ToolFailure(.tryLater, "task \(id) has been changed meanwhile: nothing is changed")
        }
        return try Edit.apply(edited.after, to: task)
      }
      var members = TaskDefinition(task).json().members ?? []
      for (key, value) in changes {
        // A script takes the place of a command, and the other way round.
        let replaced = ["command", "shell"].contains(key) ? ["command", "shell"] : [key]
        members.removeAll { replaced.contains($0.key) }
        members.append((key: key, value: value))
      }
      return try Edit.apply(.object(members), to: task)
    }
    if let objection = QueueOptions.objection(id, state) {
      throw ToolFailure(state == nil ? .noInput : .unavailable, objection)
    }
    return .done
  }

  private static func apply(_ json: JSONValue, to task: NewTask) throws -> NewTask {
    do {
      var new = try TaskDefinition(json, folder: task.folder).task
      // What a definition cannot say.
      new.due = task.due
      if let input = task.input, json["stdin"]?.string == String(decoding: input, as: UTF8.self) { new.input = input }
      return new
    } catch let failure as TaskDefinition.Failure {
      throw ToolFailure(.badData, failure.sentence)
    }
  }

  /// A definition with a member on each line.
  private static func lines(_ json: JSONValue) -> String {
    let members = (json.members ?? []).map { "  \(JSONValue.string($0.key).text): \($0.value.text)" }
    return "{\n\(members.joined(separator: ",\n"))\n}\n"
  }

  /// Lets the user change the definition in an editor. Returns it before and after.
  private func editByHand(_ queue: any TaskQueue) throws -> (before: JSONValue, after: JSONValue) {
    guard isatty(0) == 1 else {
      throw ToolFailure(
        .usage, "say what to change: --set member=value, or -- and a command (or call it from a terminal)")
    }
    var current: NewTask?
    struct Seen: Error {}
    var state: TaskState?
    do {
      state = try queue.edit(id) { task in
        current = task
        throw Seen()
      }
    } catch is Seen {}
    guard let current else {
      throw ToolFailure(
        state == nil ? .noInput : .unavailable, QueueOptions.objection(id, state) ?? "task \(id) cannot be changed")
    }
    let before = TaskDefinition(current).json()
    let folder = Environment["TMPDIR"] ?? "/tmp"
    let path = "\(folder)/fs-queue-\(id)-\(UInt32.random(in: 0 ... .max)).json"
    let file = systemOpen(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard file >= 0, FileContent.write(Array((Edit.lines(before)).utf8), to: file) else {
      throw ToolFailure(.cannotCreate, "\(path): \(systemErrorText(errno))")
    }
    close(file)
    defer { unlink(path) }
    let editor = Environment["VISUAL"] ?? Environment["EDITOR"] ?? "vi"
    let status = try ForegroundProgram.run(["sh", "-c", editor + " \"$1\"", "sh", path])
    guard status == 0 else { throw ToolFailure(.partly, "the editor ended with status \(status): nothing is changed") }
    guard let bytes = FileContent.bytes(path, limit: 32 << 20) else {
      throw ToolFailure(.io, "\(path): \(systemErrorText(errno))")
    }
    do {
      return (before, try JSONValue.parse(bytes))
    } catch {
      throw ToolFailure(.badData, "the definition is not JSON any more: nothing is changed")
    }
  }
}
