import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageStore
import FinstageSystem

/// `fs-fetch cache ...`: inspects and cleans up the shared cache.
struct CacheCommands: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cache", abstract: "Inspect and clean up the cache that all processes share.",
    subcommands: [
      CacheStats.self, CacheList.self, CacheTop.self, CacheHealth.self, CachePurge.self, CacheClear.self,
      CacheWarm.self, CacheRemote.self,
    ],
    defaultSubcommand: CacheStats.self)
}

/// Which cache to work on, and the common options.
struct CacheOptions: ParsableArguments {
  @Option(
    name: .customLong("cache"), help: ArgumentHelp("Only this cache, such as answers or negative.", valueName: "name"))
  var cacheName: String?

  @OptionGroup var common: CommonOptions

  var cache: CacheName? { cacheName.map(CacheName.named) }

  /// The folder of the cache.
  static func folder() throws -> String {
    guard let folder = HomeFolder.cache.path else {
      throw ToolFailure(.badConfiguration, "cannot find a folder for the cache (set HOME or FINSTAGE_HOME)")
    }
    return folder
  }

  /// Opens the cache, asks it something, and writes the records.
  func write<Record>(
    _ description: RecordDescription<Record>, _ records: (SharedCache) throws -> [Record]
  ) throws -> ExitStatus {
    let diagnostics = common.diagnostics(for: "fs-fetch cache")
    let shared = try SharedCache(path: "\(try CacheOptions.folder())/cache.db") { aside in
      diagnostics.warning("the cache was damaged: it was set aside as \(aside), and a new one begun")
    }
    let found = try records(shared)
    try shared.flushCounts()
    try common.write(found.map(description.json), schema: description.schema)
    return .done
  }

  /// Does something that removes entries, and writes how many.
  func count(_ name: String, _ remove: (SharedCache) throws -> Int) throws -> ExitStatus {
    try write(RecordDescription<Int>([.init(name, .integer) { JSONValue($0) }])) { [try remove($0)] }
  }
}
