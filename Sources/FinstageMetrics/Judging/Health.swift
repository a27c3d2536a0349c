import FinstageCore
import FinstageSystem

/// How the system does: status, score and advice, from the metrics of a span of time.
package struct Health: Sendable {
  package enum Status: String, Sendable, Comparable {
    case excellent, good, fair, poor, critical
    private var rank: Int { [Status.excellent, .good, .fair, .poor, .critical].firstIndex(of: self)! }
    package static func < (a: Status, b: Status) -> Bool { a.rank < b.rank }
  }

  /// The readings that the status and the score depend on. A missing reading is nil, and counts neither as good nor as bad.
  package struct Readings: Sendable {
    package var memoryPercent: Double?
    package var cpuPercent: Double?
    package var responseMilliseconds: Double?
    package var responseP95: Double?
    package var errorPercent: Double?
    package var cacheHitPercent: Double?
    package var largestMemoryPercent: Double?
    package init() {}
  }

  package struct Limits: Sendable {
    package var memory = 80.0
    package var cpu = 70.0
    package var response = 1000.0
    package var errors = 5.0
    package var cacheHit = 80.0
    package init() {}
  }

  package let readings: Readings
  package let limits: Limits

  package init(_ readings: Readings, _ limits: Limits = Limits()) {
    self.readings = readings
    self.limits = limits
  }

  private var hasReadings: Bool {
    [
      readings.memoryPercent, readings.cpuPercent, readings.responseMilliseconds, readings.errorPercent,
      readings.cacheHitPercent,
    ]
    .contains { $0 != nil }
  }

  /// Nil without any reading.
  package var status: Status? {
    guard hasReadings else { return nil }
    func above(_ value: Double?, _ limit: Double) -> Bool { value.map { $0 > limit } ?? false }
    func below(_ value: Double?, _ limit: Double) -> Bool { value.map { $0 < limit } ?? false }
    let (memory, cpu, response) = (readings.memoryPercent, readings.cpuPercent, readings.responseMilliseconds)
    let (errors, hits) = (readings.errorPercent, readings.cacheHitPercent)
    if above(memory, 95) || above(cpu, 90) || above(response, 5000) || above(errors, 20) { return .critical }
    if above(memory, limits.memory) || above(cpu, limits.cpu) || above(response, limits.response)
      || above(errors, limits.errors) || below(hits, limits.cacheHit)
    {
      return .poor
    }
    if above(memory, 60) || above(cpu, 50) || above(response, 500) || below(hits, 70) { return .fair }
    // Excellent is what is known to be: each of the four, where there is a reading.
    if !above(memory, 40), !above(cpu, 30), !above(response, 200), !below(hits, 90) { return .excellent }
    return .good
  }

  package struct Part: Sendable {
    package let name: String
    package let value: Double
    /// 0 to 100.
    package let points: Double
  }

  /// Each reading as points: 100 at the bound of "excellent" or better, 0 at that of "critical" or worse, evenly between; times by their
  /// logarithms.
  package var parts: [Part] {
    var parts: [Part] = []
    func add(_ name: String, _ value: Double?, _ best: Double, _ worst: Double, logarithmic: Bool = false) {
      guard let value else { return }
      func scale(_ x: Double) -> Double { logarithmic ? log(max(1e-9, x)) : x }
      let share = (scale(value) - scale(worst)) / (scale(best) - scale(worst))
      parts.append(Part(name: name, value: value, points: 100 * max(0, min(1, share))))
    }
    add("memory_percent", readings.memoryPercent, 40, 95)
    add("cpu_percent", readings.cpuPercent, 30, 90)
    add("response_ms", readings.responseMilliseconds, 200, 5000, logarithmic: true)
    add("error_percent", readings.errorPercent, 0, 20)
    add("cache_hit_percent", readings.cacheHitPercent, 90, 30)
    return parts
  }

  /// The mean of the parts; nil without any.
  package var score: Double? {
    let parts = parts
    return parts.isEmpty ? nil : parts.reduce(0) { $0 + $1.points } / Double(parts.count)
  }

  package static func grade(_ score: Double) -> String {
    switch score {
    case 90...: "A"
    case 80..<90: "B"
    case 70..<80: "C"
    case 60..<70: "D"
    default: "F"
    }
  }

  package struct Advice: Sendable {
    package let category: String
    package let priority: String
    package let title: String
    package let reason: String
    package let actions: [String]

    package var json: JSONValue {
      [
        "type": "recommendation", "category": .string(category), "priority": .string(priority), "title": .string(title),
        "description": .string(reason), "recommendations": JSONValue(actions),
      ]
    }
  }

  package var advice: [Advice] {
    var advice: [Advice] = []
    func percent(_ value: Double) -> String { JSONValue.rounded(value, 1).text + " %" }
    if let memory = readings.largestMemoryPercent, memory > 95 {
      advice.append(
        Advice(
          category: "memory", priority: "critical", title: "Memory was almost used up",
          reason: "at most \(percent(memory)) of the memory was in use",
          actions: [
            "fs-queue work with fewer --workers", "fs-fetch cache clear", "see the peaks of stages: fs-metrics run",
          ]))
    }
    if let memory = readings.memoryPercent, memory > 80 {
      advice.append(
        Advice(
          category: "memory", priority: "high", title: "Memory is scarce",
          reason: "\(percent(memory)) of the memory is in use on average",
          actions: ["fs-frame optimize narrows columns", "fs-queue work --workers with a smaller number"]))
    }
    if let response = readings.responseMilliseconds, response > 1000 {
      advice.append(
        Advice(
          category: "response", priority: "high", title: "Runs take long",
          reason: "a run takes \(JSONValue.rounded(response, 0).text) ms on average",
          actions: ["find the slowest stage: fs-metrics run", "keep answers: fs-fetch --max-age"]))
    }
    if let p95 = readings.responseP95, p95 > 3000 {
      advice.append(
        Advice(
          category: "response", priority: "medium", title: "Some runs take very long",
          reason: "one run in twenty takes more than \(JSONValue.rounded(p95, 0).text) ms",
          actions: ["see when it began: fs-metrics trend"]))
    }
    if let hits = readings.cacheHitPercent, hits < 70 {
      advice.append(
        Advice(
          category: "cache", priority: "medium", title: "The cache answers little",
          reason: "\(percent(hits)) of the questions were answered by the cache",
          actions: ["fs-fetch cache warm", "fs-fetch --max-age with a longer time"]))
    }
    if let errors = readings.errorPercent, errors > limits.errors {
      advice.append(
        Advice(
          category: "errors", priority: errors > 20 ? "critical" : "high", title: "Much fails",
          reason: "\(percent(errors)) failed", actions: ["fs-queue doctor", "fs-queue list --state failed"]))
    }
    return advice
  }
}
