import ArgumentParser
import FinstageCommand
import FinstageStore
import FinstageSystem

/// `fs-fetch cache health`: all caches in one word.
struct CacheHealth: Tool {
  static let configuration = CommandConfiguration(
    commandName: "health",
    abstract: "One JSON object: healthy above a 70% hit rate, warning above 50%, unused without hits, else critical.")

  @OptionGroup var options: CacheOptions

  mutating func execute() throws -> ExitStatus {
    try options.write(CacheReport.healthDescription) { [try CacheReport($0)] }
  }
}
