import FinstageSystem
import FinstageCore
import FinstageStore

/// What a turn adds to the figures of a queue: one write for each figure, however many tasks ended.
struct AttemptFigures {
  var ends: [String: Int64] = [:]
  var waiting = Histogram()
  var running = Histogram()

  mutating func note(_ how: String, waited: Double, ran: Double) {
    ends[how, default: 0] += 1
    waiting.note(max(0, waited))
    running.note(max(0, ran))
  }

  mutating func note(_ how: String) { ends[how, default: 0] += 1 }
}

extension SQLiteTaskQueue {
  func add(_ figures: AttemptFigures, _ now: Int64) throws {
    guard !figures.ends.isEmpty else { return }
    for (how, count) in figures.ends { try increase("attempts " + how, Double(count)) }
    for (name, histogram) in [("waiting", figures.waiting), ("running", figures.running)] {
      for (bucket, count) in histogram.counts.enumerated() where count > 0 {
        try database.prepare(
          "INSERT INTO histogram VALUES (?1, ?2, ?3) ON CONFLICT (name, bucket) DO UPDATE SET n = n + ?3"
        ).bind(1, name).bind(2, Int64(bucket)).bind(3, count).run()
      }
      if histogram.sum > 0 { try increase(name, histogram.sum) }
    }
    let total = figures.ends.values.reduce(0, +)
    try database.prepare(
      "INSERT INTO ended_minute VALUES (?1, ?2) ON CONFLICT (minute) DO UPDATE SET n = n + ?2"
    ).bind(1, now / 60_000).bind(2, total).run()
    if database.changes > 0 {
      try database.prepare("DELETE FROM ended_minute WHERE minute < ?").bind(1, now / 60_000 - 60).run()
    }
  }

  func increase(_ name: String, _ by: Double) throws {
    try database.prepare("INSERT INTO figure VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = value + ?2")
      .bind(1, name).bind(2, by).run()
  }

  package func figures() throws -> QueueFigures {
    var figures = QueueFigures()
    let tally = try database.prepare("SELECT state, n FROM tally")
    while try tally.step() {
      if let state = TaskState(rawValue: tally.integer(0)) { figures.counts[state] = Int(tally.integer(1)) }
    }
    figures.completed = Int64(figures.counts[.completed] ?? 0)
    figures.isPaused = try setting("paused") != nil
    figures.logBytes = FileContent.size(database.path + "-wal") ?? 0
    figures.submitted = try database.integer("SELECT seq FROM sqlite_sequence WHERE name = 'task'")
    let rows = try database.prepare("SELECT name, value FROM figure")
    while try rows.step() {
      let name = rows.text(0) ?? ""
      switch name {
      case "waiting": figures.waiting.sum = rows.double(1)
      case "running": figures.running.sum = rows.double(1)
      case "purged completed": figures.completed += Int64(rows.double(1))
      default: if name.hasPrefix("attempts ") { figures.attempts[String(name.dropFirst(9))] = Int64(rows.double(1)) }
      }
    }
    let buckets = try database.prepare("SELECT name, bucket, n FROM histogram")
    while try buckets.step() {
      let bucket = Int(buckets.integer(1))
      guard figures.waiting.counts.indices.contains(bucket) else { continue }
      if buckets.text(0) == "waiting" {
        figures.waiting.counts[bucket] = buckets.integer(2)
      } else {
        figures.running.counts[bucket] = buckets.integer(2)
      }
    }
    let minutes = try database.prepare("SELECT minute, n FROM ended_minute WHERE minute >= ?")
      .bind(1, now / 60_000 - 60)
    while try minutes.step() {
      figures.endedLastHour += Int(minutes.integer(1))
      // Of the previous minute, count the share that is less than a minute ago.
      let now = now
      switch now / 60_000 - minutes.integer(0) {
      case 0: figures.endedLastMinute += Int(minutes.integer(1))
      case 1: figures.endedLastMinute += Int(minutes.integer(1) * (60_000 - now % 60_000) / 60_000)
      default: break
      }
    }
    // Group by group, place by place and level by level: the index has the oldest of each first.
    let places = try database.prepare("SELECT DISTINCT place FROM task WHERE state = 0 AND parents = 0 AND place <> ''")
    var names = [""]
    while try places.step() { names.append(places.text(0) ?? "") }
    for (group, place) in try groups().flatMap({ group in names.map { (group, $0) } }) {
      for priority in TaskPriority.allCases {
        let first = try database.prepare(
          "SELECT due FROM task WHERE state = 0 AND parents = 0 AND grp = ? AND place = ? AND prio = ? ORDER BY due LIMIT 1"
        ).bind(1, group.name).bind(2, place).bind(3, priority.level)
        if try first.step() { figures.oldestReady = min(figures.oldestReady ?? .max, first.integer(0)) }
        first.reset()
      }
    }
    return figures
  }
}
