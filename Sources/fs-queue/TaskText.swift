import FinstageCommand
import FinstageCore
import FinstageQueue
import FinstageSystem

/// Tasks as lines of a table.
enum TaskText {
  static let header = ["id", "state", "priority", "time", "command"]

  /// A task as a row.
  /// - Parameter now: milliseconds since 1970.
  static func row(_ task: TaskRecord, now: Int64) -> [String] {
    var state = task.state.name
    if task.state == .pending && task.parents > 0 { state = "waiting for \(task.parents)" }
    if let progress = task.progress, task.state.isHeld { state += " \(Int(progress * 100))%" }
    if let reason = task.reason { state += " (\(Terminal.plain(reason)))" }
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
