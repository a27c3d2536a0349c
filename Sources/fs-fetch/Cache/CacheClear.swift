import ArgumentParser
import FinstageCommand
import FinstageNet
import FinstageStore
import FinstageSystem

/// `fs-fetch cache clear`: everything goes.
struct CacheClear: Tool {
  static let configuration = CommandConfiguration(
    commandName: "clear",
    abstract: "Delete everything, including counts of hits and misses, and pauses of hosts.")

  @OptionGroup var options: CacheOptions

  mutating func execute() throws -> ExitStatus {
    if options.cache == nil { HostGate.forget(folder: "\(try CacheOptions.folder())/hosts") }
    return try options.count("cleared") { try $0.clear(options.cache) }
  }
}
