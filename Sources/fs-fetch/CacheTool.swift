import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageStore

/// `fs-fetch cache ...`: what the shared cache holds and does.
struct CacheTool: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cache", abstract: "Look at the cache that all processes share, and tidy it.",
    subcommands: [Stats.self, List.self, Top.self, Health.self, Purge.self, Clear.self, CacheWarm.self],
    defaultSubcommand: Stats.self)

  /// Which cache, and how to speak.
  struct Scope: ParsableArguments {
    @Option(
      name: .customLong("cache"), help: ArgumentHelp("Only this cache, such as answers or negative.", valueName: "name")
    )
    var cacheName: String?

    @OptionGroup var common: CommonOptions

    var cache: CacheName? { cacheName.map(CacheName.named) }

    /// Opens the cache, does something with it, and writes lines.
    func run(
      _ name: String, _ body: (SharedCache) throws(DatabaseError) -> [String]
    ) throws(ToolFailure) -> ExitStatus {
      let diagnostics = common.diagnostics(for: name)
      guard let folder = HomeFolder.cache.path else {
        throw ToolFailure(.badConfiguration, "no folder for the cache is known (set HOME or FINSTAGE_HOME)")
      }
      let lines: [String]
      do throws(DatabaseError) {
        let shared = try SharedCache(path: "\(folder)/cache.db") { aside in
          diagnostics.warning("the cache was damaged: it was set aside as \(aside), and a new one begun")
        }
        lines = try body(shared)
        try shared.flushCounts()
      } catch {
        throw ToolFailure(.io, error.description)
      }
      let sink = try common.sink()
      do throws(OutputError) {
        for line in lines { try sink.write(line + "\n") }
        try sink.finish()
      } catch {
        throw ToolFailure(error)
      }
      return .done
    }
  }

  struct Stats: Tool {
    static let configuration = CommandConfiguration(
      commandName: "stats",
      abstract: "One JSON object for each cache: entries, bytes, hits, misses, evictions, load times.")
    @OptionGroup var scope: Scope

    mutating func execute() throws(ToolFailure) -> ExitStatus {
      let wanted = scope.cache
      return try scope.run("fs-fetch cache") { (shared) throws(DatabaseError) in
        try CacheReport(shared).caches.filter { wanted == nil || $0.name == wanted!.name }.map(\.json)
      }
    }
  }

  struct List: Tool {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "One JSON object for each entry, in the order of the keys.")
    @OptionGroup var scope: Scope

    mutating func execute() throws(ToolFailure) -> ExitStatus {
      let wanted = scope.cache
      return try scope.run("fs-fetch cache") { (shared) throws(DatabaseError) in
        try shared.items(wanted).map(CacheReport.json)
      }
    }
  }

  struct Top: Tool {
    static let configuration = CommandConfiguration(
      commandName: "top", abstract: "The entries that are used most, as JSON objects.")
    @Option(help: "How many.")
    var limit = 10
    @OptionGroup var scope: Scope

    mutating func validate() throws {
      if !(1...100_000).contains(limit) { throw ValidationError("--limit must be from 1 to 100000") }
    }

    mutating func execute() throws(ToolFailure) -> ExitStatus {
      let (wanted, limit) = (scope.cache, self.limit)
      return try scope.run("fs-fetch cache") { (shared) throws(DatabaseError) in
        try shared.items(wanted, mostUsed: limit).map(CacheReport.json)
      }
    }
  }

  struct Health: Tool {
    static let configuration = CommandConfiguration(
      commandName: "health",
      abstract: "One JSON object: healthy above a hit rate of 70 %, warning above 50 %, else critical.")
    @OptionGroup var scope: Scope

    mutating func execute() throws(ToolFailure) -> ExitStatus {
      try scope.run("fs-fetch cache") { (shared) throws(DatabaseError) in [try CacheReport(shared).health] }
    }
  }

  struct Purge: Tool {
    static let configuration = CommandConfiguration(
      commandName: "purge", abstract: "Delete what is too old to be used at all.")
    @Flag(help: "What has expired: the only thing to purge; needed, so that nobody means clear.")
    var expired = false
    @OptionGroup var scope: Scope

    mutating func validate() throws {
      if !expired { throw ValidationError("say --expired (fs-fetch cache clear deletes everything)") }
    }

    mutating func execute() throws(ToolFailure) -> ExitStatus {
      let wanted = scope.cache
      return try scope.run("fs-fetch cache") { (shared) throws(DatabaseError) in
        ["{\"purged\":\(try shared.purgeExpired(wanted))}"]
      }
    }
  }

  struct Clear: Tool {
    static let configuration = CommandConfiguration(
      commandName: "clear", abstract: "Delete everything, with the counts of hits and misses.")
    @OptionGroup var scope: Scope

    mutating func execute() throws(ToolFailure) -> ExitStatus {
      let wanted = scope.cache
      return try scope.run("fs-fetch cache") { (shared) throws(DatabaseError) in
        ["{\"cleared\":\(try shared.clear(wanted))}"]
      }
    }
  }
}
