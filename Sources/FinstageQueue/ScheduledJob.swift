import FinstageCore

/// A line of a jobs file: a task that is added again and again.
package struct ScheduledJob: Sendable {
  /// What to do about firings that no worker was there for.
  package enum MissedPolicy: String, Sendable, CaseIterable {
    case skip
    /// One run for all of them.
    case once
    /// One run for each, for the newest hundred at most.
    case all
  }

  /// What to do if the last run is not finished.
  package enum OverlapPolicy: String, Sendable, CaseIterable {
    case skip
    /// One more run waits for the end of the last one.
    case queue
    /// The last run is cancelled.
    case cancel
    case allow
  }

  package var name: String
  package var rule: ScheduleRule
  /// The name of the zone, as in the tz database.
  package var zone: String
  package var missed = MissedPolicy.once
  package var overlap = OverlapPolicy.skip
  package var definition: TaskDefinition
  /// The limit to set for its group when the job is loaded; the queue does not keep it with the job.
  package var groupLimit: Int64?

  package init(name: String, rule: ScheduleRule, zone: String, definition: TaskDefinition) {
    self.name = name
    self.rule = rule
    self.zone = zone
    self.definition = definition
  }

  /// The text that the queue stores.
  package var json: String {
    let value: JSONValue = [
      "rule": .string(rule.text), "zone": .string(zone), "when": .string(rule.condition.rawValue),
      "missed": .string(missed.rawValue), "overlap": .string(overlap.rawValue), "task": definition.json(),
    ]
    return value.text
  }

  /// Reads back what `json` wrote; nil for any other text.
  init?(name: String, json: String) {
    guard let document = try? JSONValue.parse(Array(json.utf8)), let text = document["rule"]?.string,
      let zoneName = document["zone"]?.string, let zone = TimeZone.named(zoneName), let task = document["task"],
      var rule = try? ScheduleRule(words: text.split(separator: " ").map(String.init), zone: zone),
      let definition = try? TaskDefinition(task, folder: "/")
    else { return nil }
    rule.condition = document["when"]?.string.flatMap(ScheduleRule.Condition.init) ?? .always
    self.init(name: name, rule: rule, zone: zoneName, definition: definition)
    missed = document["missed"]?.string.flatMap(MissedPolicy.init) ?? .once
    overlap = document["overlap"]?.string.flatMap(OverlapPolicy.init) ?? .skip
  }
}

/// What a schedule has to do at some time: which of its instants have come, and when the next one comes.
struct FiringPlan {
  /// Instants that have come since the last look, in milliseconds, and whether each is wanted or missed.
  var instants: [(instant: Int64, isWanted: Bool)] = []
  /// When to look again, in milliseconds; nil for never.
  var next: Int64?

  /// An instant that is noticed no later than this is on time, milliseconds.
  private static let tolerance: Int64 = 60_000
  private static let most = 100

  /// - Parameter last: the last instant that was dealt with, in milliseconds.
  init(_ job: ScheduledJob, after last: Int64, now: Int64) {
    // Instants from the last one on, the newest of them if there are very many.
    var found: [Int64] = []
    var at = last / 1000
    var next = job.rule.next(after: at)
    while let instant = next, FiringPlan.due(job, instant) <= now {
      found.append(instant * 1000)
      if found.count > 2 * FiringPlan.most {
        found.removeFirst(FiringPlan.most)
        // A short interval after a long sleep: skip ahead to the last day.
        at = max(instant, now / 1000 - 86_400)
      } else {
        at = instant
      }
      next = job.rule.next(after: at)
    }
    self.next = next.map { FiringPlan.due(job, $0) }
    instants = found.suffix(FiringPlan.most).map { instant in
      let isWanted =
        switch job.missed {
        case .skip: now - FiringPlan.due(job, instant / 1000) <= FiringPlan.tolerance
        case .once: instant == found.last
        case .all: true
        }
      return (instant, isWanted)
    }
  }

  /// When an instant's task is added, in milliseconds: jitter puts it off.
  static func due(_ job: ScheduledJob, _ second: Int64) -> Int64 {
    (second + job.rule.delay(second, name: job.name)) * 1000
  }

  /// The first instant after a time, jitter included; nil if there is none.
  static func first(_ job: ScheduledJob, after now: Int64) -> Int64? {
    job.rule.next(after: now / 1000).map { due(job, $0) }
  }

  /// What becomes of an instant while earlier runs are not finished.
  enum Overlap {
    /// Nothing is added.
    case skip
    /// It is added, and waits for the last one.
    case queue
    /// The others are cancelled, and it waits for the last of them that runs.
    case replace
    case add
  }

  static func overlap(_ job: ScheduledJob, unfinished: Int) -> Overlap {
    guard unfinished > 0 else { return .add }
    switch job.overlap {
    case .allow: return .add
    // Runs of missed instants come one after the other, not at once.
    case .skip: return job.missed == .all ? .queue : .skip
    case .queue: return unfinished > 1 && job.missed != .all ? .skip : .queue
    case .cancel: return .replace
    }
  }

  /// The task of an instant.
  static func task(_ job: ScheduledJob, _ instant: Int64) -> NewTask {
    var task = job.definition.task
    task.schedule = job.name
    task.environment["FS_INSTANT"] = Timestamp.string(instant * 1_000_000)
    task.uniqueKey = "\(job.name)@\(instant)"
    return task
  }
}

/// A schedule as the queue has recorded it. Times are milliseconds since 1970.
package struct ScheduleRecord: Sendable {
  package var job: ScheduledJob
  /// The next instant and the last one.
  package var next: Int64?
  package var lastInstant: Int64?
  package var lastTask: Int64?
  package var lastStatus: Int64?
  package var lastSeconds: Double?
  package var succeeded: Int64
  package var total: Int64

  package static let description = RecordDescription<ScheduleRecord>([
    .init("schedule", .text) { .string($0.job.name) },
    .init("rule", .text) { .string($0.job.rule.text) },
    .init("zone", .text) { .string($0.job.zone) },
    .init("when", .text) { .string($0.job.rule.condition.rawValue) },
    .init("missed", .text) { .string($0.job.missed.rawValue) },
    .init("overlap", .text) { .string($0.job.overlap.rawValue) },
    .init("next", .time) { JSONValue(time: $0.next) },
    .init("last_instant", .time) { JSONValue(time: $0.lastInstant) },
    .init("last_task", .integer) { JSONValue($0.lastTask) },
    .init("last_status", .integer) { JSONValue($0.lastStatus) },
    .init("last_seconds", .number) { JSONValue($0.lastSeconds) },
    .init("success_count", .integer) { JSONValue($0.succeeded) },
    .init("total_count", .integer) { JSONValue($0.total) },
    .init("success_rate", .number) { .percent($0.succeeded, of: $0.total) },
    .init("command", .json) { JSONValue($0.job.definition.task.arguments) },
  ])
}

/// What came of an instant of a schedule.
package struct FiringRecord: Sendable {
  package var name: String
  package var instant: Int64
  package var at: Int64
  /// `fired`, `missed`, `overlap`, `queued`, `replaced`.
  package var what: String
  package var task: Int64?

  package static let description = RecordDescription<FiringRecord>([
    .init("schedule", .text) { .string($0.name) },
    .init("instant", .time) { JSONValue(time: $0.instant) },
    .init("at", .time) { JSONValue(time: $0.at) },
    .init("outcome", .text) { .string($0.what) },
    .init("task_id", .integer) { JSONValue($0.task) },
  ])
}
