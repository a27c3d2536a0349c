import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageMetrics
import FinstageStore
import FinstageSystem

/// `fs-metrics memory health`: one word, and why.
struct MemoryHealth: Tool {
  static let configuration = CommandConfiguration(
    commandName: "health",
    abstract:
      "healthy, warning or critical, as JSON: critical above 90 % or below 500 MB, warning above 75 % or below 1000 MB."
  )

  mutating func execute() throws -> ExitStatus {
    let state = MemoryState()
    guard let status = state.status else { throw ToolFailure(.unavailable, "this system does not report memory use") }
    try write(
      JSONValue.object([
        ("status", .string(status)), ("memory_usage_percent", state.percent.map { .rounded($0, 2) } ?? .null),
        ("available_memory_mb", state.availableBytes.map { .rounded($0 / 1e6, 1) } ?? .null),
        ("cache_hit_rate", state.hitRate.map { .rounded($0, 2) } ?? .null),
        ("recommendations_count", JSONValue(state.advice.count)),
      ]).text)
    return .done
  }
}
