import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageMetrics
import FinstageStore
import FinstageSystem

/// `fs-metrics cache`: what the caches hold and do.
struct CacheCommand: Tool {
  static let configuration = CommandConfiguration(
    commandName: "cache",
    abstract: "What the caches of the tools hold and have done, as records (fs-fetch cache has more).")
  @OptionGroup var output: OutputOption

  mutating func execute() throws -> ExitStatus {
    let caches = MemoryState().caches?.caches ?? []
    if caches.isEmpty { Diagnostics(tool: "fs-metrics cache").warning("there is no cache yet (fs-fetch makes it)") }
    try output.write(caches, CacheReport.description)
    return .done
  }
}
