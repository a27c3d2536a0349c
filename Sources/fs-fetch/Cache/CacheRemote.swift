import ArgumentParser
import FinstageCommand
import FinstageNet
import FinstageRedis
import FinstageStore
import FinstageSystem

/// `fs-fetch cache remote`: the Redis that machines share.
struct CacheRemote: Tool {
  static let configuration = CommandConfiguration(
    commandName: "remote",
    abstract: "Check the Redis of FS_CACHE, and print what the caches on it have done; status 65 if something is wrong."
  )

  @Flag(help: "Delete all answers on it, and counts, rates and pauses.") var clear = false
  @OptionGroup var options: CacheOptions

  mutating func execute() throws -> ExitStatus {
    guard let (_, address) = try RemoteCache.address() else {
      throw ToolFailure(.badConfiguration, "FS_CACHE names no Redis (export FS_CACHE=redis://host:6379/0)")
    }
    if let cache = options.cache, !CacheName.all.contains(cache) {
      throw ToolFailure(
        .usage, "there is no cache \(cache.name) on it: \(CacheName.all.map(\.name).joined(separator: ", "))")
    }
    let connection = try RedisConnection(address, within: 2)
    if clear {
      let diagnostics = options.common.diagnostics(for: "fs-fetch cache")
      let removed = RedisCache(RedisLink(address) { diagnostics.warning($0) }).clear(options.cache)
      try put(["cleared    \(removed)"])
      return .done
    }
    let facts = try RedisFacts.facts(connection, for: .cache)
    var lines = facts.map(\.line)
    for cache in CacheName.all where options.cache == nil || options.cache == cache {
      let pairs = try connection.run("HGETALL", "fs:{\(cache.name)}:counts", within: 2).list ?? []
      var counts: [String: Int64] = [:]
      for i in stride(from: 0, to: pairs.count - 1, by: 2) { counts[pairs[i].string ?? ""] = pairs[i + 1].integer }
      guard !counts.isEmpty else { continue }
      let (hits, misses) = (counts["hits"] ?? 0, counts["misses"] ?? 0)
      lines.append(Fact(cache.name, " \(hits) hits, \(misses) misses, \(counts["sets"] ?? 0) kept").line)
    }
    let isWell = !facts.contains(where: \.isTrouble)
    lines.append(isWell ? "all is well" : "not all is well")
    try put(lines)
    return isWell ? .done : .badData
  }

  private func put(_ lines: [String]) throws {
    let sink = try options.common.anySink()
    try sink.write(bytes: lines.flatMap { Array($0.utf8) + [0x0A] })
    try sink.finish()
  }
}
