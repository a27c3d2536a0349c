import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstagePostgres
import FinstageQueue
import FinstageSystem

/// Where a queue is.
enum QueuePlace: Equatable {
  case folder(String)
  /// An address of PostgreSQL, as it was given.
  case server(String)

  /// - Parameter isArgument: whether others can read the text in a list of processes.
  init(_ text: String, isArgument: Bool) throws {
    if PostgresAddress.isOne(text) {
      guard !isArgument || !PostgresAddress.hasPassword(text) else {
        throw ToolFailure(
          .usage,
          "a password on the command line can be read by everybody on this machine: put it into ~/.pgpass or PGPASSWORD"
        )
      }
      self = .server(text)
      return
    }
    let path = text.hasPrefix("sqlite:") ? String(text.dropFirst(7)) : text
    guard !path.isEmpty, !path.contains("://") else {
      throw ToolFailure(.usage, "\(text): a queue is a folder, or postgres://user@host/database")
    }
    // The path must be absolute: tasks get it in FS_QUEUE_HOME and run in other folders. And one queue has one path, whatever it is called: what a task has
    // started is known by that variable.
    self = .folder(QueuePlace.real(path.hasPrefix("/") ? path : systemRealPath(".") + "/" + path))
  }

  /// The path without links and dots, as far as it is there.
  private static func real(_ path: String) -> String {
    var (there, rest) = (path[...], "")
    while !there.isEmpty {
      let real = systemRealPath(String(there))
      if real != there || Folder.has(real) { return real + rest }
      guard let slash = there.lastIndex(of: "/") else { break }
      rest = there[slash...] + rest
      there = there[..<slash]
    }
    return path
  }

  /// Opens the queue: the engine that its name calls for.
  func open(isDurable: Bool = true) throws -> any TaskQueue {
    switch self {
    case .folder(let folder): try SQLiteTaskQueue(folder: folder, isDurable: isDurable)
    case .server(let address): try PostgresTaskQueue(address, folder: try spoolFolder(), isDurable: isDurable)
    }
  }

  /// The folder with the files of the queue on this machine: the queue itself, or what workers of a server need here.
  func spoolFolder() throws -> String {
    switch self {
    case .folder(let folder): return folder
    case .server(let address):
      guard let data = HomeFolder.data.path else {
        throw ToolFailure(.badConfiguration, "cannot tell where the files of workers are (set HOME or FINSTAGE_HOME)")
      }
      return "\(data)/workers/\(StableHash(try PostgresAddress(address).name).text)"
    }
  }
}

/// Which queue it is, and which messages to print.
struct QueueOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("The queue: a folder, or postgres://user@host/database.", valueName: "place"),
    completion: .directory)
  var queue: String?
  @Flag(name: .shortAndLong, help: "Say nothing but errors.") var quiet = false
  @Flag(name: .shortAndLong, help: "Say more.") var verbose = false
  @Option(help: "Colour messages: auto, always, never.") var color = ColorChoice.auto

  /// Where the queue is; a folder need not exist yet.
  func place() throws -> QueuePlace {
    if let queue { return try QueuePlace(queue, isArgument: true) }
    if let text = Environment["FS_QUEUE"], !text.isEmpty { return try QueuePlace(text, isArgument: false) }
    guard let folder = Environment["FS_QUEUE_HOME"] ?? HomeFolder.data.path.map({ $0 + "/queue" }) else {
      throw ToolFailure(
        .badConfiguration, "cannot tell where the queue is (set HOME, FINSTAGE_HOME or FS_QUEUE)")
    }
    return try QueuePlace(folder, isArgument: false)
  }

  /// The folder of a queue that is one.
  /// - Throws: a failure with status 64 for an address, with what to do instead.
  func folder(otherwise advice: String) throws -> String {
    switch try place() {
    case .folder(let folder): return folder
    case .server(let address): throw ToolFailure(.usage, "\(try PostgresAddress(address).name): \(advice)")
    }
  }

  /// The address of a queue that is on a server.
  /// - Throws: a failure with status 64 for a folder.
  func address() throws -> PostgresAddress {
    switch try place() {
    case .server(let address): return try PostgresAddress(address)
    case .folder(let folder):
      throw ToolFailure(
        .usage, "\(folder): this is for queues on a server (--queue postgres://user@host/database, or FS_QUEUE)")
    }
  }

  /// Opens the queue.
  func open(isDurable: Bool = true) throws -> any TaskQueue { try place().open(isDurable: isDurable) }

  /// The files of the queue on this machine.
  func spool() throws -> LocalSpool { LocalSpool(folder: try place().spoolFolder()) }

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
