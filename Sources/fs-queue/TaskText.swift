import FinstageCommand
import FinstageCore
import FinstageQueue
import FinstageSystem

/// Tasks as lines of a table.
enum TaskText {
  static let header = ["id", "state", "priority", "time", "command"]

  /// Tasks that wait for a worker that is not there.
  static func lack(_ lack: (place: String, count: Int)) -> String {
    "\(lack.count) task\(lack.count == 1 ? " waits" : "s wait") for a worker with --host-tag \(lack.place); there is none"
  }

  /// A task as a row.
  static func row(_ task: TaskRecord, _ queue: any TaskQueue) throws -> [String] {
    let now = queue.now
    var state = task.state.name
    if !task.state.isFinal && task.parents > 0 {
      let parents = try queue.parents(of: task.id)
      let names = parents.prefix(3).map(String.init).joined(separator: ", ")
      state =
        "waiting for task\(parents.count == 1 ? "" : "s") \(names)"
        + (parents.count > 3 ? " and \(parents.count - 3) more" : "")
    }
    if task.isStopped, task.state.isHeld { state += " (paused)" }
    if task.state == .paused { state = "paused" }
    if let progress = task.progress, task.state.isHeld { state += " \(Int(progress * 100))%" }
    if let reason = task.reason { state += " (\(Terminal.plain(String(reason.prefix(60)))))" }
    func age(_ time: Int64) -> String { PlainText.age(now - time) }
    let time: String =
      switch task.state {
      case .scheduled, .retrying: "in " + age(task.due)
      case .running, .claimed: "for " + age(task.began ?? now)
      case .pending: age(task.added)
      default: age(task.ended ?? task.added) + " ago"
      }
    return [
      String(task.id), state, task.priority.name, time, String(PlainText.command(task.arguments).prefix(100)),
    ]
  }
}
