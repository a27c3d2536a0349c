import ArgumentParser
import FinstageCommand
import FinstageStore
import FinstageSystem

/// `fs-fetch cache top`: the entries that are used most.
struct CacheTop: Tool {
  static let configuration = CommandConfiguration(
    commandName: "top",
    abstract: "The most used entries, as JSON objects.")

  @Option(help: "How many.")
  var limit = 10

  @OptionGroup var options: CacheOptions

  mutating func validate() throws {
    if !(1...100_000).contains(limit) { throw ValidationError("--limit must be from 1 to 100000") }
  }

  mutating func execute() throws -> ExitStatus {
    try options.write(SharedCache.Item.description) { try $0.items(options.cache, mostUsed: limit) }
  }
}
