import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageStore

/// `fs-queue stats`: the queue in numbers.
struct Stats: Tool {
  static let configuration = CommandConfiguration(
    commandName: "stats",
    abstract: "Depth by state, success rate, age of the oldest ready task, workers: a table, JSON, or Prometheus text.")

  @Flag(help: "Lines in the text format of Prometheus.") var prometheus = false
  @Flag(help: "One JSON object instead of a table.") var json = false
  @OptionGroup var output: OutputOption
  @OptionGroup var options: QueueOptions

  mutating func execute() throws(ToolFailure) -> ExitStatus {
    let queue = try options.open()
    let figures = try storing { () throws(DatabaseError) in try queue.figures() }
    let workers = try storing { () throws(DatabaseError) in try queue.workers() }
    if prometheus {
      let groups = try storing { () throws(DatabaseError) in try queue.groups() }
      try write(Stats.prometheus(figures, workers, groups, queue.spool), to: output)
    } else if json {
      try write([Stats.json(figures, workers)], to: output)
    } else {
      try write(TextTable.lines(Stats.rows(figures, workers)), to: output)
    }
    return .done
  }

  private static func rows(_ figures: QueueFigures, _ workers: [WorkerRecord]) -> [[String]] {
    let counts = figures.counts
    let ended = figures.running.counts.reduce(0, +)
    func mean(_ histogram: QueueFigures.Histogram) -> String {
      ended == 0 ? "-" : "\(NumberText.string((histogram.sum / Double(ended) * 1000).rounded() / 1000)) s"
    }
    var rows = [["what", "how much"]]
    rows += TaskState.allCases.map { [$0.name, String(counts[$0] ?? 0)] }
    rows += [
      ["added in all", String(figures.submitted)],
      ["success rate", "\(rate(counts[.completed] ?? 0, of: counts.values.reduce(0, +))) %"],
      ["oldest ready", figures.oldestReady.map(TaskText.age) ?? "-"], ["mean wait", mean(figures.waiting)],
      ["mean run", mean(figures.running)], ["ended in the last hour", String(figures.endedLastHour)],
      ["lost attempts", String(figures.attempts["lost"] ?? 0)], ["workers", String(workers.count)],
      ["slots busy", "\(workers.reduce(0) { $0 + $1.running.count })/\(workers.reduce(0) { $0 + $1.slots })"],
    ]
    return rows
  }

  static func rate(_ part: Int, of whole: Int) -> String {
    whole == 0 ? "null" : NumberText.string((Double(part) / Double(whole) * 1000).rounded() / 10)
  }

  static func json(_ figures: QueueFigures, _ workers: [WorkerRecord]) -> String {
    let counts = figures.counts
    let age = figures.oldestReady.map { Double(max(TaskClock.now - $0, 0)) / 1000 } ?? 0
    let total = counts.values.reduce(0, +)
    let (completed, failed) = (counts[.completed] ?? 0, (counts[.failed] ?? 0) + (counts[.dead] ?? 0))
    var line = "{\"timestamp\":\(TaskText.time(TaskClock.now)),\"is_running\":\(!workers.isEmpty),\"queue_stats\":{"
    line += "\"pending_tasks\":\(counts[.pending] ?? 0)"
    line += ",\"scheduled_tasks\":\((counts[.scheduled] ?? 0) + (counts[.retrying] ?? 0))"
    line += ",\"total_submitted\":\(figures.submitted),\"total_completed\":\(completed),\"total_failed\":\(failed)"
    line += ",\"success_rate\":\(rate(completed, of: total)),\"oldest_ready_seconds\":\(NumberText.string(age))"
    line += ",\"ended_last_hour\":\(figures.endedLastHour)},\"status_counts\":{"
    line += TaskState.allCases.map { "\"\($0.name)\":\(counts[$0] ?? 0)" }.joined(separator: ",")
    line += "},\"worker_stats\":[\(workers.map(Workers.json).joined(separator: ","))]"
    let names = BuiltInTemplates.all.map(\.name)
    return line + ",\"registered_functions\":[\(names.map(JSONString.quoted).joined(separator: ","))]}"
  }

  /// The text format of Prometheus, version 0.0.4.
  static func prometheus(
    _ figures: QueueFigures, _ workers: [WorkerRecord], _ groups: [TaskGroup], _ spool: TaskSpool
  ) -> [String] {
    var lines: [String] = []
    func add(_ name: String, _ help: String, _ kind: String, _ samples: [(labels: String, value: Double)]) {
      guard !samples.isEmpty else { return }
      lines += ["# HELP finstage_queue_\(name) \(help)", "# TYPE finstage_queue_\(name) \(kind)"]
      for sample in samples {
        let labels = sample.labels.isEmpty ? "" : "{\(sample.labels)}"
        lines.append("finstage_queue_\(name)\(labels) \(NumberText.string(sample.value))")
      }
    }
    func label(_ name: String, _ value: String) -> String { "\(name)=\(JSONString.quoted(value))" }
    add(
      "tasks", "Tasks by state.", "gauge",
      TaskState.allCases.map { (label("state", $0.name), Double(figures.counts[$0] ?? 0)) })
    add("submitted_total", "Tasks ever added.", "counter", [("", Double(figures.submitted))])
    add(
      "attempts_total", "Attempts by how they ended.", "counter",
      figures.attempts.sorted { $0.key < $1.key }.map { (label("end", $0.key), Double($0.value)) })
    add("workers", "Worker processes.", "gauge", [("", Double(workers.count))])
    add("slots", "Slots of workers.", "gauge", [("", Double(workers.reduce(0) { $0 + $1.slots }))])
    add(
      "slots_busy", "Slots of workers with a running task.", "gauge",
      [("", Double(workers.reduce(0) { $0 + $1.running.count }))])
    let age = figures.oldestReady.map { Double(max(TaskClock.now - $0, 0)) / 1000 } ?? 0
    add("oldest_ready_seconds", "Age of the oldest task that is ready.", "gauge", [("", age)])
    add("paused", "Whether no task may begin.", "gauge", [("", figures.isPaused ? 1 : 0)])
    let named = groups.filter { !$0.name.isEmpty }
    add(
      "group_running", "Running tasks of a group.", "gauge", named.map { (label("group", $0.name), Double($0.running)) }
    )
    add(
      "group_limit", "The limit of a group.", "gauge",
      named.compactMap { group in group.limit.map { (label("group", group.name), Double($0)) } })
    let log = FileDetails.size(of: SQLiteTaskQueue.path(in: spool.folder) + "-wal") ?? 0
    add("wal_bytes", "Size of the write-ahead log.", "gauge", [("", Double(log))])
    for (name, help, histogram) in [
      ("wait_seconds", "From being ready to being begun.", figures.waiting),
      ("run_seconds", "From being begun to the end of an attempt.", figures.running),
    ] {
      lines += ["# HELP finstage_queue_\(name) \(help)", "# TYPE finstage_queue_\(name) histogram"]
      var sum: Int64 = 0
      for (i, count) in histogram.counts.enumerated() {
        sum += count
        let bound =
          i < QueueFigures.Histogram.bounds.count ? NumberText.string(QueueFigures.Histogram.bounds[i]) : "+Inf"
        lines.append("finstage_queue_\(name)_bucket{le=\"\(bound)\"} \(sum)")
      }
      lines.append("finstage_queue_\(name)_sum \(NumberText.string((histogram.sum * 1000).rounded() / 1000))")
      lines.append("finstage_queue_\(name)_count \(sum)")
    }
    return lines
  }
}
