import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageStore

/// `fs-queue cancel`: tasks that are not wanted any more.
struct Cancel: Tool {
  static let configuration = CommandConfiguration(
    commandName: "cancel",
    abstract: "Cancel tasks: at once if they wait; a running one is ended with its whole process group.")

  @OptionGroup var options: QueueOptions
  @Argument(help: "The numbers of tasks.") var ids: [Int64]

  mutating func execute() throws(ToolFailure) -> ExitStatus {
    let queue = try options.open()
    var isPartly = false
    for id in ids {
      let state = try storing { () throws(DatabaseError) in try queue.cancel(id) }
      if state == nil || state!.isFinal {
        options.diagnostics("cancel").error(
          state.map { "task \(id) is \($0.name) already" } ?? "there is no task \(id)")
        isPartly = true
      }
    }
    return isPartly ? .partly : .done
  }
}

/// `fs-queue retry`: finished tasks once more.
struct Retry: Tool {
  static let configuration = CommandConfiguration(
    commandName: "retry", abstract: "Run finished tasks again, under their old numbers.")

  @OptionGroup var options: QueueOptions
  @Argument(help: "The numbers of tasks.") var ids: [Int64]

  mutating func execute() throws(ToolFailure) -> ExitStatus {
    let queue = try options.open()
    var isPartly = false
    for id in ids {
      let state: TaskState?
      do throws(TaskRefusal) { state = try queue.retry(id) } catch {
        guard case .notUnique = error else { throw ToolFailure(error) }
        options.diagnostics("retry").error("task \(id): \(ToolFailure(error).message)")
        isPartly = true
        continue
      }
      if state == nil || !state!.isFinal {
        options.diagnostics("retry").error(
          state.map { "task \(id) is \($0.name): it is not finished" } ?? "there is no task \(id)")
        isPartly = true
      }
    }
    return isPartly ? .partly : .done
  }
}

/// `fs-queue pause`: nothing begins.
struct Pause: Tool {
  static let configuration = CommandConfiguration(
    commandName: "pause", abstract: "Let no task begin until resume; what runs goes on.")
  @OptionGroup var options: QueueOptions

  mutating func execute() throws(ToolFailure) -> ExitStatus {
    let queue = try options.open()
    try storing { () throws(DatabaseError) in try queue.pause(true) }
    return .done
  }
}

/// `fs-queue resume`: tasks begin again.
struct Resume: Tool {
  static let configuration = CommandConfiguration(commandName: "resume", abstract: "Let tasks begin again after pause.")
  @OptionGroup var options: QueueOptions

  mutating func execute() throws(ToolFailure) -> ExitStatus {
    let queue = try options.open()
    try storing { () throws(DatabaseError) in try queue.pause(false) }
    return .done
  }
}

/// `fs-queue purge`: finished tasks go.
struct Purge: Tool {
  static let configuration = CommandConfiguration(
    commandName: "purge", abstract: "Remove finished tasks with their logs; dead ones only with --state dead.")

  @Option(help: ArgumentHelp("Those that ended longer ago than this.", valueName: "span")) var older = Span(
    seconds: 86_400)
  @Option(help: "Only those in this state.") var state: TaskState?
  @OptionGroup var options: QueueOptions

  mutating func validate() throws {
    guard older.seconds >= 0, older.seconds <= 3e9 else { throw ValidationError("--older is 0 to 34000d") }
    guard state?.isFinal ?? true else { throw ValidationError("--state: only finished tasks are removed") }
  }

  mutating func execute() throws(ToolFailure) -> ExitStatus {
    let queue = try options.open()
    let before = TaskClock.now - Int64(older.seconds * 1000)
    let states = state.map { [$0] } ?? [.completed, .failed, .cancelled]
    let removed = try storing { () throws(DatabaseError) in try queue.purge(before: before, states: states, limit: .max)
    }
    try write(["{\"removed\":\(removed)}"])
    return .done
  }
}
