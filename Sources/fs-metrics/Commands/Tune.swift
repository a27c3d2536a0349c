import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageMetrics
import FinstageSystem

/// `fs-metrics tune`: what could be set otherwise, by what was measured.
struct Tune: Tool {
  static let configuration = CommandConfiguration(
    commandName: "tune",
    abstract: "Change settings by what was measured: fewer at a time when memory is scarce, more when there is room.",
    discussion: """
      memory_percent above 85: fetch.batch_size and queue.workers times 0.7. A mean run above 1500 ms with cpu_percent below 70: fetch.concurrency times 1.5, at most 40. A cache that answers less than 60 % and is off: on. \
      Once it was tuned, the same setting is left alone for 30 minutes. --dry-run shows the lines of the file that would change.
      """)
  @Flag(help: "Show what would change, and change nothing.") var dryRun = false
  @OptionGroup var time: SpanOptions
  @OptionGroup var store: MetricsStoreOption

  mutating func execute() throws -> ExitStatus {
    let store = try self.store.open()
    let now = SystemClock.wallNanoseconds
    let recent = Set(
      try store.ruleEvents(since: now - RuleSwitch.cooldown).filter { $0.action == "tune" }.map(\.rule))
    let readings = try Health.Readings(store, in: time.span)
    var changes: [String: String?] = [:]
    var reasons: [String: String] = [:]
    func propose(_ key: String, _ value: Int, was: Int, _ reason: String) {
      guard value != was, !recent.contains(key) else { return }
      changes[key] = "\(value)"
      reasons[key] = reason
    }
    if let memory = readings.memoryPercent, memory > 85 {
      let reason = "memory at \(Report.short(memory)) %"
      let batch = try SettingsFile.number("fetch.batch_size", in: 1...10_000) ?? 128
      propose("fetch.batch_size", max(8, batch * 7 / 10), was: batch, reason)
      let workers = try SettingsFile.number("queue.workers", in: 1...1000) ?? 4
      propose("queue.workers", max(1, workers * 7 / 10), was: workers, reason)
    } else if let response = readings.responseMilliseconds, response > 1500, (readings.cpuPercent ?? 100) < 70 {
      let concurrency = try SettingsFile.number("fetch.concurrency", in: 1...100) ?? 10
      propose(
        "fetch.concurrency", min(40, max(concurrency + 1, concurrency * 3 / 2)), was: concurrency,
        "a run takes \(Report.short(response)) ms, and the processor has time")
    }
    if let hits = readings.cacheHitPercent, hits < 60 {
      for key in ["cache.history", "cache.quotes"] where !recent.contains(key) {
        guard try SettingsFile.isOn(key) == false else { continue }
        changes[key] = "on"
        reasons[key] = "the cache answers \(Report.short(hits)) %"
      }
    }
    if changes.isEmpty {
      try write("nothing to change")
      return .done
    }
    let (before, after) = try SettingsFile.changed(changes)
    for line in before where !after.contains(line) { try write("- \(line)") }
    for line in after where !before.contains(line) { try write("+ \(line)") }
    for (key, reason) in reasons.sorted(by: { $0.key < $1.key }) { try write("# \(key): \(reason)") }
    if dryRun { return .done }
    try SettingsFile.change(changes)
    for (key, reason) in reasons {
      try store.noteTuning(key, value: (changes[key] ?? nil) ?? "", reason: reason, at: now)
    }
    return .done
  }
}
