import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageQueue
import FinstageSystem

/// The folder of the queue, and which messages to print.
struct QueueOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The folder of the queue.", valueName: "folder"), completion: .directory) var queue:
    String?
  @Flag(name: .shortAndLong, help: "Say nothing but errors.") var quiet = false
  @Flag(name: .shortAndLong, help: "Say more.") var verbose = false
  @Option(help: "Colour messages: auto, always, never.") var color = ColorChoice.auto

  /// The folder of the queue; it need not exist yet.
  func folder() throws -> String {
    guard let folder = queue ?? Environment["FS_QUEUE_HOME"] ?? HomeFolder.data.path.map({ $0 + "/queue" }) else {
      throw ToolFailure(
        .badConfiguration, "cannot tell where the queue is (set HOME, FINSTAGE_HOME or FS_QUEUE_HOME)")
    }
    // The path must be absolute: tasks get it in FS_QUEUE_HOME and run in other folders.
    return folder.hasPrefix("/") ? folder : systemRealPath(".") + "/" + folder
  }

  /// Opens the queue: the engine that its name calls for.
  func open(isDurable: Bool = true) throws -> any TaskQueue {
    try SQLiteTaskQueue(folder: try folder(), isDurable: isDurable)
  }

  /// The files of the queue on this machine.
  func spool() throws -> LocalSpool { LocalSpool(folder: try folder()) }

  func diagnostics(_ name: String) -> Diagnostics {
    var diagnostics = Diagnostics(tool: "fs-queue \(name)")
    diagnostics.isQuiet = quiet
    diagnostics.isVerbose = verbose
    diagnostics.usesColor = color.isOn
    return diagnostics
  }
}

extension TaskQueue {
  /// A task that must be there.
  func known(_ id: Int64) throws -> TaskRecord {
    guard let task = try task(id) else { throw ToolFailure(.noInput, "there is no task \(id)") }
    return task
  }

  /// A task with the numbers of the tasks that it waits for.
  func withParents(_ task: TaskRecord) throws -> TaskRecord {
    guard task.parents > 0, !task.state.isFinal else { return task }
    var task = task
    task.parentIDs = try parents(of: task.id)
    return task
  }
}

extension QueueOptions {
  /// Does something with each of some tasks, and says which of them it could not be done with.
  /// - Parameter change: returns what speaks against it; nil if it is done.
  func change(
    _ ids: [Int64], _ name: String, _ change: (any TaskQueue, Int64) throws -> String?
  ) throws -> ExitStatus {
    let queue = try open()
    var status = ExitStatus.done
    for id in ids {
      guard let objection = try change(queue, id) else { continue }
      diagnostics(name).error(objection)
      status = .partly
    }
    return status
  }
}
