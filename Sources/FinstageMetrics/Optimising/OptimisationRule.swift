import FinstageSystem

/// Something that can be switched on, with what it must not make worse. To add one, add an entry to `all`.
package struct OptimisationRule: Sendable {
  /// A bound that rolls the rule back if it is passed.
  package struct Bound: Sendable {
    package enum Kind: String, Sendable {
      /// Percent above the baseline, at most.
      case increase
      /// The value, at least.
      case minimum
      /// The value, at most.
      case maximum
      /// Percent below the baseline, at least: of times.
      case improvement
      /// Percent below the baseline, at least: of load.
      case reduction
    }

    package let metric: String
    package let kind: Kind
    package let limit: Double

    package init(metric: String, kind: Kind, limit: Double) {
      self.metric = metric
      self.kind = kind
      self.limit = limit
    }
  }

  package let id: String
  package let summary: String
  package let dependencies: [String]
  /// What the tools read, when the rule is on.
  package let settings: [String: String]
  /// The same when it is off; nil for what the tools do by themselves.
  package let settingsOff: [String: String?]
  package let bounds: [Bound]

  package static let all: [OptimisationRule] = [
    OptimisationRule(
      id: "memory_optimization_basic", summary: "fewer symbols in progress at once (fs-fetch)", dependencies: [],
      settings: ["fetch.batch_size": "32"], settingsOff: ["fetch.batch_size": nil],
      bounds: [
        Bound(metric: "memory_percent", kind: .increase, limit: 10),
        Bound(metric: "run_seconds", kind: .increase, limit: 15),
      ]),
    OptimisationRule(
      id: "caching_technical_analysis", summary: "the cache for daily and longer bars (fs-fetch)",
      dependencies: ["memory_optimization_basic"], settings: ["cache.history": "on"],
      settingsOff: ["cache.history": "off"],
      bounds: [
        Bound(metric: "cache_hit_rate", kind: .minimum, limit: 70),
        Bound(metric: "run_seconds", kind: .improvement, limit: 20),
      ]),
    OptimisationRule(
      id: "caching_price_data", summary: "the cache for quotes and shorter bars (fs-fetch)",
      dependencies: ["memory_optimization_basic"], settings: ["cache.quotes": "on"],
      settingsOff: ["cache.quotes": "off"],
      bounds: [
        Bound(metric: "cache_hit_rate", kind: .minimum, limit: 80),
        Bound(metric: "run_seconds", kind: .improvement, limit: 30),
      ]),
    OptimisationRule(
      id: "async_api_endpoints", summary: "more requests at a time (fs-fetch)",
      dependencies: ["caching_technical_analysis", "caching_price_data"], settings: ["fetch.concurrency": "20"],
      settingsOff: ["fetch.concurrency": nil], bounds: [Bound(metric: "run_seconds", kind: .improvement, limit: 25)]),
    OptimisationRule(
      id: "background_heavy_tasks", summary: "more tasks at a time (fs-queue work)",
      dependencies: ["async_api_endpoints"],
      settings: ["queue.workers": "8"], settingsOff: ["queue.workers": nil],
      bounds: [
        Bound(metric: "run_seconds", kind: .improvement, limit: 40),
        Bound(metric: "load1", kind: .reduction, limit: 30),
      ]),
    OptimisationRule(
      id: "websocket_streaming", summary: "messages are compressed (fs-stream)",
      dependencies: ["background_heavy_tasks"],
      settings: ["stream.deflate": "on"], settingsOff: ["stream.deflate": nil],
      bounds: [
        Bound(metric: "streaming_latency_ms", kind: .maximum, limit: 100),
        Bound(metric: "connection_stability_percent", kind: .minimum, limit: 95),
      ]),
  ]

  package static func named(_ id: String) -> OptimisationRule? { all.first { $0.id == id } }

  /// The rules that need this one, those that need them first.
  package static func dependants(of id: String) -> [OptimisationRule] {
    var found: [OptimisationRule] = []
    for rule in all where rule.dependencies.contains(id) {
      for next in dependants(of: rule.id) + [rule] where !found.contains(where: { $0.id == next.id }) {
        found.append(next)
      }
    }
    return found
  }
}
