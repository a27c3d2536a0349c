import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageQueue
import FinstageStore
import FinstageSystem

/// The contents of the page at one moment.
struct DashboardPage {
  private let figures: QueueFigures
  private let workers: [WorkerRecord]
  private let running: [TaskRecord]
  private let recent: [TaskRecord]
  private let recentRows: [[String]]
  private let groups: [QueueGroup]
  private let schedules: [ScheduleRecord]
  private let place: String
  private let now: Int64

  init(_ queue: any TaskQueue) throws {
    place = queue.name
    now = queue.now
    var filter = TaskFilter()
    filter.state = .running
    figures = try queue.figures()
    workers = try queue.workers()
    running = try queue.tasks(filter, limit: 100)
    recent = try queue.tasks(TaskFilter(), limit: 10)
    recentRows = try recent.map { try TaskText.row($0, queue) }
    groups = try queue.groups().filter { !$0.name.isEmpty }
    schedules = try queue.schedules()
  }

  var json: JSONValue {
    let report = QueueReport(figures, workers, now: now)
    let performance = workers.map { worker -> JSONValue in
      [
        "worker_id": .string(worker.identity.id), "processed_tasks": JSONValue(worker.completed),
        "success_rate": .percent(worker.completed, of: worker.completed + worker.failed),
        "current_task": JSONValue(worker.tasks.first),
      ]
    }
    return [
      "timestamp": JSONValue(time: now),
      "system_status": .string(figures.isPaused ? "paused" : workers.isEmpty ? "stopped" : "running"),
      "summary": [
        "total_workers": JSONValue(workers.count), "active_workers": JSONValue(workers.count { !$0.tasks.isEmpty }),
        "pending_tasks": JSONValue(figures.counts[.pending] ?? 0), "total_submitted": JSONValue(figures.submitted),
        "success_rate": report.successRate,
      ],
      "status_distribution": report.counts, "recent_tasks": .array(recent.map(TaskRecord.description.json)),
      "worker_performance": .array(performance),
    ]
  }

  func lines(width: Int, height: Int, colours: Bool) -> [String] {
    func bold(_ text: String) -> String { colours ? "\u{1B}[1m\(text)\u{1B}[0m" : text }
    func tinted(_ text: String, _ state: TaskState) -> String {
      guard colours else { return text }
      let code =
        switch state {
        case .running, .claimed: "36"
        case .completed: "32"
        case .failed, .dead: "31"
        case .retrying: "33"
        default: "0"
        }
      return "\u{1B}[\(code)m\(text)\u{1B}[0m"
    }
    func cut(_ text: String) -> String { text.count > width ? String(text.prefix(max(0, width - 1))) + "~" : text }
    var lines: [String] = []
    let status = figures.isPaused ? "paused" : workers.isEmpty ? "no workers" : "\(workers.count) workers"
    let time = JSONValue(time: now / 1000 * 1000).plainText
    lines.append(bold(cut("fs-queue  \(Terminal.plain(place))  \(status)  \(time)")))
    let slots = workers.reduce(0) { $0 + Int($1.slots) }
    let busy = workers.reduce(0) { $0 + $1.tasks.count }
    let age = figures.oldestReady.map { "oldest ready \(PlainText.age(now - $0))" } ?? "nothing ready"
    lines.append(
      cut(
        "slots \(busy)/\(slots) busy, \(age), \(figures.endedLastMinute) ended in the last minute, \(figures.endedLastHour) in the last hour"
      ))
    lines.append("")
    let most = max(1, figures.counts.values.max() ?? 1)
    for state in TaskState.allCases {
      let count = figures.counts[state] ?? 0
      let bar = String(repeating: "#", count: count == 0 ? 0 : max(1, count * max(1, min(40, width - 24)) / most))
      let name = state.name + String(repeating: " ", count: 10 - state.name.count)
      let number = String(count)
      lines.append(
        name + String(repeating: " ", count: max(0, 9 - number.count)) + number
          + (bar.isEmpty ? "" : "  " + tinted(bar, state)))
    }
    func table(_ title: String, _ rows: [[String]], _ states: [TaskState] = []) {
      guard rows.count > 1 else { return }
      lines += ["", bold(title)]
      for (i, line) in TextTable.lines(rows).enumerated() {
        let text = cut(line)
        lines.append(i > 0 && i - 1 < states.count ? tinted(text, states[i - 1]) : text)
      }
    }
    table(
      "running",
      [["id", "progress", "for", "worker", "command"]]
        + running.prefix(15).map { task in
          [
            String(task.id), DashboardPage.bar(task.progress), PlainText.age(now - (task.began ?? now)),
            String((task.owner ?? "").prefix(8)),
            PlainText.command(task.arguments) + (task.note.map { "  " + Terminal.plain($0) } ?? ""),
          ]
        })
    table(
      "workers",
      [["worker", "pid", "slots", "completed", "failed", "up"]]
        + workers.prefix(10).map { worker in
          [
            String(worker.identity.id.prefix(8)), String(worker.identity.pid),
            "\(worker.tasks.count)/\(worker.slots)",
            String(worker.completed), String(worker.failed), PlainText.age(now - worker.started),
          ]
        })
    table(
      "groups",
      [["group", "running", "limit", "state"]]
        + groups.filter { $0.limit != nil || $0.gap != nil || $0.isPaused || $0.running > 0 }.prefix(10).map { group in
          [
            Terminal.plain(group.name), String(group.running), group.limit.map(String.init) ?? "-",
            group.isPaused ? "paused" : "open",
          ]
        })
    table(
      "next",
      [["schedule", "in", "last", "succeeded"]]
        + schedules.filter { $0.next != nil }.prefix(5).map { schedule in
          [
            schedule.job.name, PlainText.age(schedule.next! - now), schedule.lastStatus.map { "status \($0)" } ?? "-",
            "\(schedule.succeeded)/\(schedule.total)",
          ]
        })
    table("recent", [TaskText.header] + recentRows, recent.map(\.state))
    return Array(lines.prefix(height))
  }

  private static func bar(_ share: Double?) -> String {
    guard let share else { return "" }
    let full = Int((share * 10).rounded())
    return "[" + String(repeating: "#", count: full) + String(repeating: ".", count: 10 - full)
      + "] \(Int(share * 100))%"
  }
}
