import ArgumentParser
import FinstageCommand
import FinstageStore
import FinstageSystem

/// `fs-fetch cache health`: all caches in one word.
struct CacheHealth: Tool {
  static let configuration = CommandConfiguration(
    commandName: "health",
    abstract: "One JSON object: healthy above a hit rate of 70 %, warning above 50 %, else critical.")

  @OptionGroup var options: CacheOptions

  mutating func execute() throws -> ExitStatus {
    try options.write(CacheReport.healthDescription) { [try CacheReport($0)] }
  }
}
