import ArgumentParser
import FinstageCommand
import FinstageStore
import FinstageSystem

/// `fs-fetch cache clear`: everything goes.
struct CacheClear: Tool {
  static let configuration = CommandConfiguration(
    commandName: "clear",
    abstract: "Delete everything, including the counts of hits and misses.")

  @OptionGroup var options: CacheOptions

  mutating func execute() throws -> ExitStatus {
    try options.count("cleared") { try $0.clear(options.cache) }
  }
}
