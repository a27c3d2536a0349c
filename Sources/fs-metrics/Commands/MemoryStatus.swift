import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageMetrics
import FinstageStore
import FinstageSystem

/// `fs-metrics memory status`: the memory of the machine and of the caches.
struct MemoryStatus: Tool {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "The memory, the caches, and what could be done, as JSON (the default).")

  mutating func execute() throws -> ExitStatus {
    try write(MemoryState().json.text)
    return .done
  }
}
