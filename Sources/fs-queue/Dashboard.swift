import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageStore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// `fs-queue dashboard`: the queue on one page.
struct Dashboard: Tool {
  static let configuration = CommandConfiguration(
    commandName: "dashboard",
    abstract: "Show the queue on a page of the terminal that stays up to date, until q or Ctrl-C; or once.")

  @Flag(help: "Print the page once, and end.") var once = false
  @Flag(help: "One JSON object instead of the page; with --interval again and again.") var json = false
  @Option(help: ArgumentHelp("The time between two looks, 100ms to 1h.", valueName: "span")) var interval: Span?
  @OptionGroup var options: QueueOptions

  mutating func validate() throws {
    guard (0.1...3600).contains(interval?.seconds ?? 1) else { throw ValidationError("--interval is 100ms to 1h") }
  }

  mutating func execute() throws(ToolFailure) -> ExitStatus {
    let queue = try options.open()
    if json {
      while true {
        try write([try DashboardPage(queue).json])
        guard let interval, !once else { return .done }
        _ = poll(nil, 0, Int32(interval.seconds * 1000))
        if Interruption.signal != 0 { return .done }
      }
    }
    if once || isatty(1) == 0 {
      try write(try DashboardPage(queue).lines(width: 100, height: .max, colours: false))
      return .done
    }
    try live(queue)
    return .done
  }

  /// Draws on the other screen of the terminal, which shows what was there before when this ends.
  private func live(_ queue: any TaskQueue) throws(ToolFailure) {
    var before = termios()
    let hasKeys = isatty(0) == 1 && tcgetattr(0, &before) == 0
    if hasKeys {
      var raw = before
      raw.c_lflag &= ~tcflag_t(ICANON | ECHO)
      tcsetattr(0, TCSANOW, &raw)
    }
    put("\u{1B}[?1049h\u{1B}[?25l")
    defer {
      put("\u{1B}[?25h\u{1B}[?1049l")
      if hasKeys { tcsetattr(0, TCSANOW, &before) }
    }
    let colours = Environment["NO_COLOR"] == nil
    let seconds = interval?.seconds ?? 1
    while Interruption.signal == 0 {
      let (width, height) = Dashboard.size()
      let lines = try DashboardPage(queue).lines(width: width, height: height, colours: colours)
      // Each line is cleared as it is written: a page that is wiped first would flicker.
      put("\u{1B}[H" + lines.map { $0 + "\u{1B}[K" }.joined(separator: "\r\n") + "\u{1B}[J")
      var key = pollfd(fd: hasKeys ? 0 : -1, events: Int16(POLLIN), revents: 0)
      if poll(&key, 1, Int32(seconds * 1000)) > 0 {
        var byte: UInt8 = 0
        let count = systemRead(0, &byte, 1)
        if count <= 0 || byte == UInt8(ascii: "q") || byte == 3 || byte == 4 { return }
      }
    }
  }

  private func put(_ text: String) {
    let bytes = Array(text.utf8)
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes { systemWrite(1, $0.baseAddress! + done, bytes.count - done) }
      if count <= 0 { return }
      done += count
    }
  }

  private static func size() -> (width: Int, height: Int) {
    var size = winsize()
    guard ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return (80, 24) }
    return (Int(size.ws_col), Int(size.ws_row))
  }
}

/// What is on the page, at one moment.
struct DashboardPage {
  private let figures: QueueFigures
  private let workers: [WorkerRecord]
  private let running: [TaskRecord]
  private let recent: [TaskRecord]
  private let groups: [TaskGroup]
  private let schedules: [ScheduleRecord]
  private let folder: String

  init(_ queue: any TaskQueue) throws(ToolFailure) {
    folder = queue.spool.folder
    var filter = TaskFilter()
    filter.state = .running
    let wanted = filter
    figures = try storing { () throws(DatabaseError) in try queue.figures() }
    workers = try storing { () throws(DatabaseError) in try queue.workers() }
    running = try storing { () throws(DatabaseError) in try queue.tasks(wanted, limit: 100) }
    recent = try storing { () throws(DatabaseError) in try queue.tasks(TaskFilter(), limit: 10) }
    groups = try storing { () throws(DatabaseError) in try queue.groups() }.filter { !$0.name.isEmpty }
    schedules = try storing { () throws(DatabaseError) in try queue.schedules() }
  }

  var json: String {
    let counts = figures.counts
    let active = workers.filter { !$0.running.isEmpty }.count
    let status = figures.isPaused ? "paused" : workers.isEmpty ? "stopped" : "running"
    let total = counts.values.reduce(0, +)
    var line = "{\"timestamp\":\(TaskText.time(TaskClock.now)),\"system_status\":\"\(status)\",\"summary\":{"
    line += "\"total_workers\":\(workers.count),\"active_workers\":\(active),\"pending_tasks\":\(counts[.pending] ?? 0)"
    line +=
      ",\"total_submitted\":\(figures.submitted),\"success_rate\":\(Stats.rate(counts[.completed] ?? 0, of: total))"
    line += "},\"status_distribution\":{"
    line += TaskState.allCases.map { "\"\($0.name)\":\(counts[$0] ?? 0)" }.joined(separator: ",")
    line += "},\"recent_tasks\":[\(recent.map(TaskText.json).joined(separator: ","))],\"worker_performance\":["
    line += workers.map { worker in
      let finished = Int(worker.completed + worker.failed)
      return "{\"worker_id\":\(JSONString.quoted(worker.identity.id)),\"processed_tasks\":\(worker.completed)"
        + ",\"success_rate\":\(Stats.rate(Int(worker.completed), of: finished)),\"current_task\":\(worker.running.first.map(String.init) ?? "null")}"
    }.joined(separator: ",")
    return line + "]}"
  }

  func lines(width: Int, height: Int, colours: Bool) -> [String] {
    func bold(_ text: String) -> String { colours ? "\u{1B}[1m\(text)\u{1B}[0m" : text }
    func tinted(_ text: String, _ state: TaskState) -> String {
      guard colours else { return text }
      let code =
        switch state {
        case .running: "36"
        case .completed: "32"
        case .failed, .dead: "31"
        case .retrying: "33"
        default: "0"
        }
      return "\u{1B}[\(code)m\(text)\u{1B}[0m"
    }
    func cut(_ text: String) -> String { text.count > width ? String(text.prefix(max(0, width - 1))) + "~" : text }
    var lines: [String] = []
    let status = figures.isPaused ? "paused" : workers.isEmpty ? "no worker" : "\(workers.count) workers"
    let time = Timestamp.string(TaskClock.now / 1000 * 1_000_000_000)
    lines.append(bold(cut("fs-queue  \(TaskText.plain(folder))  \(status)  \(time)")))
    let slots = workers.reduce(0) { $0 + Int($1.slots) }
    let busy = workers.reduce(0) { $0 + $1.running.count }
    let age = figures.oldestReady.map { "oldest ready \(TaskText.age($0))" } ?? "nothing ready"
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
            String(task.id), DashboardPage.bar(task.progress), TaskText.age(task.began ?? TaskClock.now),
            String((task.owner ?? "").prefix(8)),
            TaskText.command(task.arguments) + (task.note.map { "  " + TaskText.plain($0) } ?? ""),
          ]
        })
    table(
      "workers",
      [["worker", "pid", "slots", "completed", "failed", "up"]]
        + workers.prefix(10).map { worker in
          [
            String(worker.identity.id.prefix(8)), String(worker.identity.pid),
            "\(worker.running.count)/\(worker.slots)",
            String(worker.completed), String(worker.failed), TaskText.age(worker.started),
          ]
        })
    table(
      "groups",
      [["group", "running", "limit", "state"]]
        + groups.filter { $0.limit != nil || $0.gap != nil || $0.isPaused || $0.running > 0 }.prefix(10).map { group in
          [
            TaskText.plain(group.name), String(group.running), group.limit.map(String.init) ?? "-",
            group.isPaused ? "paused" : "open",
          ]
        })
    table(
      "next",
      [["schedule", "in", "last", "succeeded"]]
        + schedules.filter { $0.next != nil }.prefix(5).map { schedule in
          [
            schedule.job.name, TaskText.age(schedule.next!), schedule.lastStatus.map { "status \($0)" } ?? "-",
            "\(schedule.succeeded)/\(schedule.total)",
          ]
        })
    table("recent", [["id", "state", "priority", "time", "command"]] + recent.map(TaskText.row), recent.map(\.state))
    return Array(lines.prefix(height))
  }

  private static func bar(_ share: Double?) -> String {
    guard let share else { return "" }
    let full = Int((share * 10).rounded())
    return "[" + String(repeating: "#", count: full) + String(repeating: ".", count: 10 - full)
      + "] \(Int(share * 100))%"
  }
}
