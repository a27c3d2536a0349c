import ArgumentParser
import FinstageCommand
import FinstageStore
import FinstageSystem

/// `fs-fetch cache list`: all entries.
struct CacheList: Tool {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "One JSON object for each entry, in key order.")

  @OptionGroup var options: CacheOptions

  mutating func execute() throws -> ExitStatus {
    try options.write(SharedCache.Item.description) { try $0.items(options.cache) }
  }
}
