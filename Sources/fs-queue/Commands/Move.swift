import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageQueue
import FinstageSystem

/// `fs-queue move`: from one queue to another, of whatever kind.
struct Move: Tool {
  static let configuration = CommandConfiguration(
    commandName: "move",
    abstract: "Move all tasks, schedules and groups to another queue; tasks keep their numbers.",
    discussion: """
      Nothing may run meanwhile: stop the workers first. From the beginning on nobody can add to either queue. A move that was \
      broken off is begun again with the same command, and goes on where it was: nothing is lost and nothing doubled. At the \
      end the old queue says where the new one is. The target must be new, and on PostgreSQL its tables must be there \
      (fs-queue schema --apply).
      """)

  @Option(help: ArgumentHelp("The queue as it is: a folder (also sqlite:FOLDER) or an address.", valueName: "place"))
  var from: String
  @Option(help: ArgumentHelp("Where it goes.", valueName: "place")) var to: String
  @Flag(name: .shortAndLong, help: "Say nothing but errors.") var quiet = false

  private static let portion = 200

  mutating func execute() throws -> ExitStatus {
    let places = (from: try QueuePlace(from, isArgument: true), to: try QueuePlace(to, isArgument: true))
    guard places.from != places.to else { throw ToolFailure(.usage, "--from and --to are the same queue") }
    if case .folder(let folder) = places.from, !Folder.has(SQLiteTaskQueue.path(in: folder)) {
      throw ToolFailure(.noInput, "\(folder): there is no queue")
    }
    guard let source = try places.from.open() as? any MovableQueue,
      let target = try places.to.open() as? any MovableQueue
    else {
      throw ToolFailure(.usage, "this queue cannot be moved")
    }
    let isBegun = try source.moveMark() == .movedTo(target.name)
    if let mark = try source.moveMark(), !isBegun { throw mark.refusal(source.name) }
    switch try target.moveMark() {
    case .movingFrom(source.name)?: break
    case .movedTo(source.name)?:
      throw ToolFailure(
        .cannotCreate,
        "\(target.name): this is where the queue came from, and its old tasks are still there (name a new place, or remove the old one first)"
      )
    case let mark?: throw mark.refusal(target.name)
    case nil:
      if isBegun {
        try write(["\(source.name) has moved to \(target.name) already"])
        return .done
      }
      let figures = try target.figures()
      guard figures.submitted == 0 else {
        throw ToolFailure(
          .cannotCreate, "\(target.name): there are tasks in it (name a new queue: a folder, or ?schema=NAME)")
      }
    }
    try refuseLiving(source)
    try target.setMoveMark(.movingFrom(source.name))
    try source.setMoveMark(.movedTo(target.name))
    // A worker may have begun between the look and the mark.
    do { try refuseLiving(source) } catch {
      if !isBegun {
        try source.setMoveMark(nil)
        try target.setMoveMark(nil)
      }
      throw error
    }
    try source.settle()
    try target.restore(try source.setup())
    var last: Int64 = 0
    var moved = 0
    while true {
      guard Interruption.signal == 0 else { throw ToolFailure(.tryLater, "stopped: the same command goes on") }
      let tasks = try source.snapshots(after: last, limit: Move.portion)
      guard let newest = tasks.last else { break }
      moved += try target.restore(tasks)
      last = newest.record.id
    }
    try target.repair()
    try target.setMoveMark(nil)
    if !quiet { try write(["\(moved) tasks moved to \(target.name)"]) }
    return .done
  }

  private func refuseLiving(_ queue: any TaskQueue) throws {
    let living = try queue.workers().filter { queue.isAlive($0.identity.id) }
    if let worker = living.first {
      let host = worker.identity.host.isEmpty ? "" : " on \(worker.identity.host)"
      throw ToolFailure(
        .tryLater,
        "\(queue.name): process \(worker.identity.pid)\(host) works for it (end all workers first: \(living.count) in all)"
      )
    }
    let running = try queue.running()
    guard running.isEmpty else {
      throw ToolFailure(
        .tryLater,
        "\(queue.name): the worker of task \(running[0].id) has died, and nobody has looked after it (fs-queue work --drain, then move)"
      )
    }
  }
}
