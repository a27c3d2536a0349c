import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageQueue
import FinstageStore
import FinstageSystem

/// `fs-queue doctor`: checks the queue.
struct Doctor: Tool {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Check the files of the queue, its counts, its workers and the disk; status 65 if something is wrong.",
    discussion: """
      The queue may be in use meanwhile. --mend corrects counts and removes logs that belong to no task. A damaged \
      database is never changed: --recover copies what can be read into a new queue in another folder, and lists the \
      tasks that were running. No worker and no task may be running during the copy.
      """)

  @Flag(help: "Repair what can be repaired.") var mend = false
  @Option(
    help: ArgumentHelp("Copy what can be read into a new queue in this folder.", valueName: "folder"),
    completion: .directory)
  var recover: String?
  @OptionGroup var options: QueueOptions

  mutating func execute() throws -> ExitStatus {
    if let recover {
      let folder = try options.folder(otherwise: "restore a backup of the server instead (man fs-queue, BACKUP)")
      return try copy(folder, LocalSpool(folder: folder), to: recover)
    }
    let queue: any TaskQueue
    do { queue = try options.open() } catch let error as DatabaseError {
      if case .folder(let folder) = try options.place() { try write(SQLiteTaskQueue.facts(of: folder).map(\.line)) }
      let advice = error.kind == .corrupt ? " (fs-queue doctor --recover FOLDER copies what can be read)" : ""
      throw ToolFailure(error.exitStatus, error.sentence + advice)
    }
    let facts = try queue.facts()
    var lines = facts.map(\.line)
    var health = try queue.health()
    if mend, health.damages.isEmpty, !health.faults.isEmpty {
      for fault in health.faults { lines.append("repaired   \(fault)") }
      try queue.repair()
      health = try queue.health()
    }
    if health.damages.isEmpty {
      let figures = try queue.figures()
      lines.append("tasks      \(figures.counts.values.reduce(0, +)), \(figures.counts[.running] ?? 0) running")
      lines += try workers(queue)
    }
    for damage in health.damages { lines.append("damaged    \(damage)") }
    for fault in health.faults { lines.append("wrong      \(fault) (fs-queue doctor --mend repairs this)") }
    let isWell = health.damages.isEmpty && health.faults.isEmpty && !facts.contains(where: \.isTrouble)
    lines.append(isWell ? "all is well" : "not all is well")
    try write(lines)
    if !health.damages.isEmpty {
      throw ToolFailure(
        .badData,
        "\(queue.name) is damaged (fs-queue doctor --recover FOLDER copies what can be read)")
    }
    return isWell ? .done : .badData
  }

  private func workers(_ queue: any TaskQueue) throws -> [String] {
    let workers = try queue.workers()
    var lines = workers.map { worker in
      "worker     \(worker.identity.id) process \(worker.identity.pid) \(worker.identity.host.isEmpty ? "" : "on \(worker.identity.host) ")"
        + (queue.isAlive(worker.identity.id)
          ? "with \(worker.tasks.count) of \(worker.slots) slots busy" : "is dead: another worker takes its tasks")
    }
    if workers.isEmpty { lines.append("worker     none") }
    lines += try queue.placesWithoutWorker().map { "place      \(TaskText.lack($0))" }
    let lost = try queue.running().filter { !queue.isAlive($0.owner) }.map { String($0.id) }
    if !lost.isEmpty {
      lines.append(
        "lost       tasks \(lost.joined(separator: ", ")): their worker is dead; the next worker returns them")
    }
    return lines
  }

  private func copy(_ folder: String, _ spool: LocalSpool, to new: String) throws -> ExitStatus {
    guard !Folder.has(SQLiteTaskQueue.path(in: new)) else {
      throw ToolFailure(.cannotCreate, "\(new): there is already a queue (name another folder)")
    }
    for name in spool.names(in: "run") where name.hasSuffix(".lock") || name.hasSuffix(".slot") {
      guard name != "reaper.lock", FileLock.isHeld("\(folder)/run/\(name)") else { continue }
      throw ToolFailure(
        .tryLater, "a worker or a task of \(folder) is still running (end it first; it holds \(folder)/run/\(name))")
    }
    let (copied, lost, running) = try SQLiteTaskQueue.recover(folder, to: new)
    var lines = ["copied     \(copied) tasks to \(new)"]
    if lost > 0 { lines.append("lost       \(lost) tasks could not be read") }
    if !running.isEmpty {
      lines.append(
        "running    \(running.map(String.init).joined(separator: ", ")): were running, are ready again in the copy")
    }
    try write(lines)
    return lost > 0 ? .partly : .done
  }
}
