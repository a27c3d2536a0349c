import FinstageCore
import FinstageStore

/// Tasks as JSON and as text.
enum TaskText {
  static func time(_ milliseconds: Int64?) -> String {
    milliseconds.map { "\"\(Timestamp.string($0 * 1_000_000))\"" } ?? "null"
  }

  static func json(_ task: TaskRecord) -> String {
    var line = "{\"task_id\":\(task.id),\"status\":\"\(task.state.name)\",\"priority\":\"\(task.priority.name)\""
    line += ",\"command\":[\(task.arguments.map(JSONString.quoted).joined(separator: ","))]"
    line += ",\"added_at\":\(time(task.added)),\"due_at\":\(time(task.due)),\"started_at\":\(time(task.began))"
    line += ",\"completed_at\":\(time(task.ended)),\"execution_time\":"
    if let began = task.began, let ended = task.ended {
      line += NumberText.string(Double(max(ended - began, 0)) / 1000)
    } else {
      line += "null"
    }
    line +=
      ",\"attempts\":\(task.attempt),\"retry_count\":\(task.failures),\"max_retries\":\(task.retries),\"losses\":\(task.losses)"
    line +=
      ",\"worker_id\":\(task.owner.map(JSONString.quoted) ?? "null"),\"exit_status\":\(task.status.map(String.init) ?? "null")"
    line += ",\"reason\":\(task.reason.map(JSONString.quoted) ?? "null")"
    line +=
      ",\"progress\":\(task.progress.map { NumberText.string($0) } ?? "null"),\"note\":\(task.note.map(JSONString.quoted) ?? "null")"
    line += ",\"tags\":[\(task.tags.map(JSONString.quoted).joined(separator: ","))]"
    return line + "}"
  }

  /// A command as one would type it, without control characters.
  static func command(_ arguments: [String]) -> String {
    arguments.map { argument in
      let shown = String(
        argument.map { $0.isNewline || $0.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F } ? "?" : $0 })
      let isPlain = !shown.isEmpty && shown.allSatisfy { $0.isLetter || $0.isNumber || "-_./:=,+@%^".contains($0) }
      return isPlain ? shown : "'" + shown.replacing("'", with: "'\\''") + "'"
    }.joined(separator: " ")
  }

  /// A line of a table.
  static func row(_ task: TaskRecord) -> [String] {
    let now = TaskQueue.now
    func age(_ time: Int64) -> String {
      let seconds = abs(now - time) / 1000
      return seconds < 120
        ? "\(seconds)s"
        : seconds < 7200 ? "\(seconds / 60)m" : seconds < 172_800 ? "\(seconds / 3600)h" : "\(seconds / 86_400)d"
    }
    var state = task.state.name
    if let progress = task.progress, task.state == .running { state += " \(Int(progress * 100))%" }
    if let reason = task.reason { state += " (\(reason))" }
    let time: String =
      switch task.state {
      case .scheduled, .retrying: "in " + age(task.due)
      case .running: "for " + age(task.began ?? now)
      case .pending: age(task.added)
      default: age(task.ended ?? task.added) + " ago"
      }
    return [String(task.id), state, task.priority.name, time, String(TaskText.command(task.arguments).prefix(100))]
  }
}
