import FinstageSystem

/// What an administrator wants to know of a Redis: whether it forgets what it must not, or cannot forget what it may.
package enum RedisFacts {
  package enum Purpose {
    /// Everything may go.
    case cache
    /// Nothing may go by itself.
    case bus
  }

  private static let patience = 2.0

  /// - Throws: `RedisFailure`.
  package static func facts(_ connection: RedisConnection, for purpose: Purpose) throws(RedisFailure) -> [Fact] {
    // Managed servers hide CONFIG: INFO says what is needed.
    let text = try connection.run("INFO", within: patience).string ?? ""
    var info: [Substring: Substring] = [:]
    for line in text.split(whereSeparator: \.isNewline) {
      let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count == 2 { info[parts[0]] = parts[1] }
    }
    let name = info["valkey_version"] != nil ? "Valkey" : "Redis"
    var facts = [
      Fact(
        "server",
        "\(connection.address.name), \(name) \(info["valkey_version"] ?? info["redis_version"] ?? "of an unknown version")"
      )
    ]
    if info["cluster_enabled"] == "1" || info["redis_mode"] == "cluster" {
      facts.append(
        Fact(
          "cluster", "this is a Redis Cluster, which is not spoken to: name a single server, or a proxy before it",
          isTrouble: true))
    }
    let limit = info["maxmemory"].flatMap { Int($0) } ?? 0
    let policy = info["maxmemory_policy"].map(String.init) ?? "unknown"
    let used = info["used_memory"].flatMap { Int($0) } ?? 0
    facts.append(
      Fact(
        "memory", "\(used >> 20) MiB used of \(limit == 0 ? "all there is" : "\(limit >> 20) MiB"), policy \(policy)"))
    switch purpose {
    case .cache:
      if limit == 0 {
        facts.append(
          Fact("limit", "maxmemory is 0: the cache grows until the machine has no memory left", isTrouble: true))
      } else if policy == "noeviction" {
        facts.append(
          Fact(
            "policy", "noeviction: once it is full, nothing is kept any more (allkeys-lfu suits a cache)",
            isTrouble: true))
      } else if policy.hasPrefix("volatile") {
        facts.append(
          Fact("policy", "\(policy): all keys of the cache have a time to live, so it works; allkeys-lfu suits better"))
      }
    case .bus:
      if policy.hasPrefix("allkeys"), limit > 0 {
        facts.append(
          Fact(
            "policy",
            "\(policy): the bus itself can be evicted (noeviction or volatile-lfu suit it; the cache belongs to another server)",
            isTrouble: true))
      }
      let isKept = info["aof_enabled"] == "1" || info["connected_slaves"].map { $0 != "0" } == true
      if !isKept {
        facts.append(
          Fact(
            "durability",
            "neither appendonly nor a replica: a restart of the server loses what it keeps for clients that come back"))
      }
    }
    return facts
  }
}
