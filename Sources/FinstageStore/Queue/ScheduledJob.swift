import FinstageCore

/// A task that is added again and again.
public struct ScheduledJob: Sendable {
  /// What to do about slots that no worker was there for.
  public enum MissedPolicy: String, Sendable, CaseIterable {
    case skip
    /// One run for all of them.
    case once
    /// A run for each, for the newest hundred at most.
    case all
  }

  /// What to do if the last run is not finished.
  public enum OverlapPolicy: String, Sendable, CaseIterable {
    case skip
    /// One more waits for its end.
    case queue
    /// It is cancelled.
    case cancel
    case allow
  }

  public var name: String
  public var rule: ScheduleRule
  /// The name of the zone, as in the tz database.
  public var zone: String
  public var missed = MissedPolicy.once
  public var overlap = OverlapPolicy.skip
  public var definition: TaskDefinition
  /// What is to become the limit of its group when it is loaded; the queue does not keep it with the job.
  public var groupLimit: Int64?

  public init(name: String, rule: ScheduleRule, zone: String, definition: TaskDefinition) {
    self.name = name
    self.rule = rule
    self.zone = zone
    self.definition = definition
  }

  /// As the queue keeps it.
  public var json: String {
    "{\"rule\":\(JSONString.quoted(rule.text)),\"zone\":\(JSONString.quoted(zone)),\"when\":\"\(rule.condition.rawValue)\""
      + ",\"missed\":\"\(missed.rawValue)\",\"overlap\":\"\(overlap.rawValue)\",\"task\":\(definition.json)}"
  }

  /// Reads back what `json` wrote; nil if it is something else.
  init?(name: String, json: String) {
    guard let document = try? JSONDocument.parse(Array(json.utf8)), let text = document["rule"]?.string,
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

/// A schedule, by the queue's account.
public struct ScheduleRecord: Sendable {
  public var job: ScheduledJob
  /// The next slot and the last one, milliseconds since 1970.
  public var next: Int64?
  public var lastSlot: Int64?
  public var lastTask: Int64?
  public var lastStatus: Int64?
  public var lastSeconds: Double?
  public var succeeded: Int64
  public var total: Int64
}

/// What came of a slot.
public struct FiringRecord: Sendable {
  public var name: String
  public var slot: Int64
  public var at: Int64
  /// `fired`, `missed`, `overlap`, `queued`, `replaced`.
  public var what: String
  public var task: Int64?
}
