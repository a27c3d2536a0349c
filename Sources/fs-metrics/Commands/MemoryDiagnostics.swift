import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageMetrics
import FinstageStore
import FinstageSystem

/// `fs-metrics memory diagnostics`: what there is to be known, and what to do.
struct MemoryDiagnostics: Tool {
  static let configuration = CommandConfiguration(
    commandName: "diagnostics",
    abstract: "The status, six hours of readings, whether they rise, and the caches, as JSON.")
  @OptionGroup var store: MetricsStoreOption

  mutating func execute() throws -> ExitStatus {
    let store = try self.store.open()
    let now = SystemClock.wallNanoseconds
    let span = now - 6 * MetricsStore.hour..<now + 1
    let history = try store.values(of: "memory_percent", in: span)
    let trend = Trend(history)
    let state = MemoryState()
    try write(
      JSONValue.object([
        ("status", state.json), ("machine", MachineFacts.json),
        (
          "trend",
          [
            "status": history.count < 4 ? "insufficient_data" : "available", "data_points": JSONValue(history.count),
            "direction": trend.map { $0.p > 0.05 ? "none" : $0.slope > 0 ? "increasing" : "decreasing" } ?? .null,
            "p": trend.map { .number($0.p) } ?? .null,
          ]
        ), ("memory_percent", .array(history.suffix(720).map { .rounded($0, 2) })),
        ("caches", .array((state.caches?.caches ?? []).map(CacheReport.description.json))),
      ]).text)
    return .done
  }
}
