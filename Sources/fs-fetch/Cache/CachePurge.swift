import ArgumentParser
import FinstageCommand
import FinstageStore
import FinstageSystem

/// `fs-fetch cache purge`: what is too old goes.
struct CachePurge: Tool {
  static let configuration = CommandConfiguration(
    commandName: "purge",
    abstract: "Delete entries that are too old to use, even as stale answers.")

  @Flag(help: "Delete expired entries; required, so that purge is not mistaken for clear.")
  var expired = false

  @OptionGroup var options: CacheOptions

  mutating func validate() throws {
    if !expired { throw ValidationError("purge needs --expired (fs-fetch cache clear deletes everything)") }
  }

  mutating func execute() throws -> ExitStatus {
    try options.count("purged") { try $0.purgeExpired(options.cache) }
  }
}
