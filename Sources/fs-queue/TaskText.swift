import FinstageCore
import FinstageStore

/// Tasks as JSON and as text.
enum TaskText {
  static func time(_ milliseconds: Int64?) -> String {
    milliseconds.map { "\"\(Timestamp.string($0 * 1_000_000))\"" } ?? "null"
  }

  /// How long the last run took, in seconds.
  static func seconds(_ task: TaskRecord) -> String {
    guard let began = task.began, let ended = task.ended else { return "null" }
    return NumberText.string(Double(max(ended - began, 0)) / 1000)
  }

  static func json(_ task: TaskRecord) -> String {
    var line = "{\"task_id\":\(task.id),\"status\":\"\(task.state.name)\",\"priority\":\"\(task.priority.name)\""
    line += ",\"command\":[\(task.arguments.map(JSONString.quoted).joined(separator: ","))]"
    line += ",\"added_at\":\(time(task.added)),\"due_at\":\(time(task.due)),\"started_at\":\(time(task.began))"
    line += ",\"completed_at\":\(time(task.ended)),\"execution_time\":\(seconds(task))"
    line +=
      ",\"attempts\":\(task.attempt),\"retry_count\":\(task.failures),\"max_retries\":\(task.retries),\"losses\":\(task.losses)"
    line +=
      ",\"worker_id\":\(task.owner.map(JSONString.quoted) ?? "null"),\"exit_status\":\(task.status.map(String.init) ?? "null")"
    line += ",\"reason\":\(task.reason.map(JSONString.quoted) ?? "null")"
    line +=
      ",\"progress\":\(task.progress.map { NumberText.string($0) } ?? "null"),\"note\":\(task.note.map(JSONString.quoted) ?? "null")"
    line += ",\"has_result\":\(task.state == .completed),\"has_error\":\(task.state == .failed || task.state == .dead)"
    if task.state == .failed || task.state == .dead {
      line += ",\"error\":\(task.reason.map(JSONString.quoted) ?? "null")"
    }
    if !task.group.isEmpty { line += ",\"group\":\(JSONString.quoted(task.group))" }
    if let batch = task.batch { line += ",\"batch\":\(batch)" }
    if let item = task.item { line += ",\"item\":\(JSONString.quoted(item))" }
    if let job = task.job { line += ",\"schedule\":\(JSONString.quoted(job))" }
    if let key = task.uniqueKey { line += ",\"unique\":\(JSONString.quoted(key))" }
    if task.parents > 0 { line += ",\"waiting_for\":\(task.parents)" }
    line += ",\"tags\":[\(task.tags.map(JSONString.quoted).joined(separator: ","))]"
    return line + "}"
  }

  /// A text without control characters.
  static func plain(_ text: String) -> String {
    String(
      text.map {
        $0.isNewline || $0.unicodeScalars.contains { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) } ? "?" : $0
      })
  }

  /// How long ago, or how far ahead, a time is.
  static func age(_ time: Int64) -> String {
    let seconds = abs(TaskClock.now - time) / 1000
    return seconds < 120
      ? "\(seconds)s"
      : seconds < 7200 ? "\(seconds / 60)m" : seconds < 172_800 ? "\(seconds / 3600)h" : "\(seconds / 86_400)d"
  }

  /// A command as one would type it, without control characters.
  static func command(_ arguments: [String]) -> String {
    // Of a long script that has a name the name says more.
    if arguments.count > 3, arguments[0] == "sh", arguments[1] == "-c", arguments[2].contains("\n") {
      return command(Array(arguments[3...]))
    }
    return arguments.map { argument in
      let shown = plain(argument)
      let isPlain = !shown.isEmpty && shown.allSatisfy { $0.isLetter || $0.isNumber || "-_./:=,+@%^".contains($0) }
      return isPlain ? shown : "'" + shown.replacing("'", with: "'\\''") + "'"
    }.joined(separator: " ")
  }

  /// A line of a table.
  static func row(_ task: TaskRecord) -> [String] {
    var state = task.state.name
    if task.state == .pending && task.parents > 0 { state = "waiting for \(task.parents)" }
    if let progress = task.progress, task.state == .running { state += " \(Int(progress * 100))%" }
    if let reason = task.reason { state += " (\(plain(reason)))" }
    let time: String =
      switch task.state {
      case .scheduled, .retrying: "in " + age(task.due)
      case .running: "for " + age(task.began ?? TaskClock.now)
      case .pending: age(task.added)
      default: age(task.ended ?? task.added) + " ago"
      }
    return [String(task.id), state, task.priority.name, time, String(TaskText.command(task.arguments).prefix(100))]
  }
}
