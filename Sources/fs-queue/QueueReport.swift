import FinstageCommand
import FinstageCore
import FinstageQueue
import FinstageSystem

/// The queue in numbers: as a table, as JSON, as Prometheus text.
struct QueueReport {
  private let figures: QueueFigures
  private let workers: [WorkerRecord]
  private let now: Int64

  init(_ figures: QueueFigures, _ workers: [WorkerRecord], now: Int64) {
    self.figures = figures
    self.workers = workers
    self.now = now
  }

  private func count(_ state: TaskState) -> Int { figures.counts[state] ?? 0 }
  private var slots: Int { workers.reduce(0) { $0 + Int($1.slots) } }
  private var busy: Int { workers.reduce(0) { $0 + $1.tasks.count } }
  /// Seconds that the oldest ready task has been ready.
  private var oldestReady: Double { figures.oldestReady.map { Double(max(now - $0, 0)) / 1000 } ?? 0 }

  var rows: [[String]] {
    func mean(_ histogram: Histogram) -> String {
      let ended = figures.running.total
      return ended == 0 ? "-" : "\(JSONValue.rounded(histogram.sum / Double(ended), 3).plainText) s"
    }
    var rows = [["figure", "value"]]
    rows += TaskState.allCases.map { [$0.name, String(count($0))] }
    rows += [
      ["added in total", String(figures.submitted)],
      ["success rate", "\(PlainText.percent(Int(figures.completed), of: Int(figures.submitted))) %"],
      ["oldest ready", figures.oldestReady.map { PlainText.age(now - $0) } ?? "-"],
      ["mean wait", mean(figures.waiting)], ["mean run", mean(figures.running)],
      ["ended in the last hour", String(figures.endedLastHour)],
      ["lost attempts", String(figures.attempts["lost"] ?? 0)],
      ["workers", String(workers.count)], ["slots busy", "\(busy)/\(slots)"],
    ]
    return rows
  }

  /// How many tasks there are of each state.
  var counts: JSONValue { .object(TaskState.allCases.map { ($0.name, JSONValue(count($0))) }) }
  var successRate: JSONValue { .percent(figures.completed, of: figures.submitted) }

  var json: JSONValue {
    [
      "timestamp": JSONValue(time: now), "is_running": .bool(!workers.isEmpty),
      "queue_stats": [
        "pending_tasks": JSONValue(count(.pending)), "scheduled_tasks": JSONValue(count(.scheduled) + count(.retrying)),
        "total_submitted": JSONValue(figures.submitted), "total_completed": JSONValue(figures.completed),
        "total_failed": JSONValue(count(.failed) + count(.dead)), "success_rate": successRate,
        "oldest_ready_seconds": .number(oldestReady), "ended_last_hour": JSONValue(figures.endedLastHour),
      ],
      "status_counts": counts, "worker_stats": .array(workers.map(WorkerRecord.description.json)),
      "registered_functions": JSONValue(BuiltInTemplates.all.map(\.name)),
    ]
  }

  func prometheus(_ groups: [QueueGroup]) -> [String] {
    var text = PrometheusText(prefix: "finstage_queue_")
    text.add(
      "tasks", "Tasks by state.", .gauge, TaskState.allCases.map { .init(Double(count($0)), ("state", $0.name)) })
    text.add("submitted_total", "Tasks ever added.", .counter, [.init(Double(figures.submitted))])
    text.add(
      "attempts_total", "Attempts by how they ended.", .counter,
      figures.attempts.sorted { $0.key < $1.key }.map { .init(Double($0.value), ("end", $0.key)) })
    text.add("workers", "Worker processes.", .gauge, [.init(Double(workers.count))])
    text.add("slots", "Slots of workers.", .gauge, [.init(Double(slots))])
    text.add("slots_busy", "Slots of workers with a task.", .gauge, [.init(Double(busy))])
    text.add("oldest_ready_seconds", "Age of the oldest task that is ready.", .gauge, [.init(oldestReady)])
    text.add("paused", "1 if the queue is paused, otherwise 0.", .gauge, [.init(figures.isPaused ? 1 : 0)])
    let named = groups.filter { !$0.name.isEmpty }
    text.add(
      "group_running", "Running tasks of a group.", .gauge, named.map { .init(Double($0.running), ("group", $0.name)) })
    text.add(
      "group_limit", "The limit of a group.", .gauge,
      named.compactMap { group in group.limit.map { .init(Double($0), ("group", group.name)) } })
    text.add("wal_bytes", "Size of the write-ahead log.", .gauge, [.init(Double(figures.logBytes))])
    text.add("wait_seconds", "Seconds from ready to started.", figures.waiting)
    text.add("run_seconds", "Seconds from the start of an attempt to its end.", figures.running)
    return text.lines
  }
}
