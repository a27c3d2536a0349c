import ArgumentParser
import FinstageCommand
import FinstageStore
import FinstageSystem

/// `fs-fetch cache stats`: what each cache holds and has done.
struct CacheStats: Tool {
  static let configuration = CommandConfiguration(
    commandName: "stats",
    abstract: "One JSON object for each cache: entries, bytes, hits, misses, evictions, load times.")

  @OptionGroup var options: CacheOptions

  mutating func execute() throws -> ExitStatus {
    try options.write(CacheReport.description) { shared in
      try CacheReport(shared).caches.filter { options.cache == nil || $0.name == options.cache!.name }
    }
  }
}
