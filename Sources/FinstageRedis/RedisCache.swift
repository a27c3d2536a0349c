import CZlib
import FinstageStore
import FinstageSystem

/// The layer of a cache that several machines share.
///
/// A value is `fs:{CACHE}:v:KEY`: a head (version, times, validators, length and checksum), then the value, packed if that saves space. It goes when
/// it can no longer be served, not even as a stale one. Counts are added up in memory and written once, by `flush`.
package final class RedisCache: CacheBackend {
  private let link: RedisLink
  private var counts: [String: Int] = [:]

  private static let version: UInt8 = 1
  /// Values beyond this are not sent: a large one would hold up all others.
  private static let largest = 8 << 20
  private static let longestLife = 30 * 86_400.0

  package init(_ link: RedisLink) { self.link = link }

  private static func key(_ kind: String, _ key: String, _ cache: CacheName) -> [UInt8] {
    Array("fs:{\(cache.name)}:\(kind):\(key)".utf8)
  }

  private static func word(_ text: String) -> [UInt8] { Array(text.utf8) }

  package func get(_ key: String, in cache: CacheName) -> CacheEntry? {
    let answer = link.ask { connection, seconds throws(RedisFailure) in
      try connection.run([RedisCache.word("GET"), RedisCache.key("v", key, cache)], within: seconds)
    }
    guard let bytes = answer?.bytes else {
      counts["\(cache.name) misses", default: 0] += answer == nil ? 0 : 1
      return nil
    }
    guard let entry = RedisCache.entry(bytes) else { return nil }
    counts["\(cache.name) hits", default: 0] += 1
    return entry
  }

  package func set(_ key: String, _ entry: CacheEntry, in cache: CacheName) {
    let life = entry.expires - SystemClock.wall + max(entry.staleWhileRevalidate, entry.staleIfError)
    guard life > 0.001, entry.value.count <= RedisCache.largest else { return }
    let milliseconds = Int(min(life, RedisCache.longestLife) * 1000)
    let isSent = link.ask { connection, seconds throws(RedisFailure) in
      try connection.post(
        [
          RedisCache.word("SET"), RedisCache.key("v", key, cache), RedisCache.bytes(entry), RedisCache.word("PX"),
          RedisCache.word(String(milliseconds)),
        ], within: max(seconds, Double(entry.value.count) / 20e6))
      return true
    }
    if isSent == true { counts["\(cache.name) sets", default: 0] += 1 }
  }

  package func delete(_ key: String, in cache: CacheName) -> Bool {
    let answer = link.ask { connection, seconds throws(RedisFailure) in
      try connection.run([RedisCache.word("DEL"), RedisCache.key("v", key, cache)], within: seconds)
    }
    return answer?.integer == 1
  }

  /// Removes the values and the counts of one cache, or of all with the rates and pauses of hosts; returns how many values.
  package func clear(_ cache: CacheName?) -> Int {
    let name = cache?.name ?? "*"
    for kind in ["counts"] + (cache == nil ? ["rate", "pause", "down", "probe"] : []) {
      _ = remove("fs:{\(name)}:\(kind)")
    }
    return remove("fs:{\(name)}:v:*")
  }

  private func remove(_ pattern: String) -> Int {
    var cursor = "0"
    var removed = 0
    repeat {
      let found = link.ask { connection, seconds throws(RedisFailure) in
        let answer = try connection.run("SCAN", cursor, "MATCH", pattern, "COUNT", "500", within: seconds)
        guard let parts = answer.list, parts.count == 2, let next = parts[0].string, let keys = parts[1].list else {
          throw .refused("\(connection.address.name): no answer to SCAN that can be read")
        }
        var count = 0
        let names = keys.compactMap(\.bytes)
        if !names.isEmpty {
          count = Int(try connection.run([RedisCache.word("DEL")] + names, within: seconds).integer ?? 0)
        }
        return (next, count)
      }
      guard let (next, count) = found else { break }
      cursor = next
      removed += count
    } while cursor != "0"
    return removed
  }

  /// What tells that there is an answer, or that there is none, for a key.
  package static func names(_ key: String) -> [[UInt8]] {
    [self.key("v", key, .answers), self.key("v", key, .negative)]
  }

  package func flushCounts() {
    // What was sent without waiting for it is to arrive before the connection is closed.
    _ = link.ask { connection, seconds throws(RedisFailure) in
      try connection.settle(until: SystemClock.monotonic + max(seconds, 1))
    }
    let pending = counts.filter { $0.value > 0 }
    guard !pending.isEmpty else { return }
    counts = [:]
    _ = link.ask { connection, seconds throws(RedisFailure) in
      try connection.run(
        pending.map { name, count in
          let words = name.split(separator: " ")
          return ["HINCRBY", "fs:{\(words[0])}:counts", String(words[1]), String(count)].map(RedisCache.word)
        }, within: seconds)
    }
  }

  // MARK: - The bytes of a value

  static func bytes(_ entry: CacheEntry) -> [UInt8] {
    let packed = Packing.packed(entry.value)
    var writer = ValueWriter()
    writer.add([version, entry.isNegative ? 1 : 0])
    for time in [entry.stored, entry.expires, entry.staleWhileRevalidate, entry.staleIfError] {
      writer.add(time.bitPattern, 8)
    }
    for text in [entry.etag, entry.lastModified] { writer.add((text ?? "").utf8.prefix(1024), length: 2) }
    writer.add(UInt64(entry.value.count), 4)
    writer.add(UInt64(checksum(packed)), 4)
    writer.add(packed)
    return writer.bytes
  }

  /// Nil if the bytes are no value of this version, or damaged.
  package static func entry(_ bytes: [UInt8]) -> CacheEntry? {
    var reader = ValueReader(bytes)
    func text() -> String?? {
      reader.part(length: 2).map { $0.isEmpty ? nil : String(decoding: $0, as: UTF8.self) }
    }
    guard reader.number(1) == UInt64(version), let flags = reader.number(1), let stored = reader.number(8),
      let expires = reader.number(8),
      let revalidate = reader.number(8), let error = reader.number(8), let etag = text(), let modified = text(),
      let length = reader.number(4),
      let sum = reader.number(4)
    else { return nil }
    let packed = Array(reader.rest)
    let times = [stored, expires, revalidate, error].map { Double(bitPattern: $0) }
    guard times.allSatisfy(\.isFinite), checksum(packed) == UInt32(sum), length <= RedisCache.largest,
      let value = Packing.unpacked(packed, length: Int(length))
    else { return nil }
    return CacheEntry(
      value: value, stored: times[0], expires: times[1], etag: etag, lastModified: modified,
      staleWhileRevalidate: times[2],
      staleIfError: times[3], isNegative: flags & 1 != 0)
  }

  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    UInt32(truncatingIfNeeded: crc32(0, bytes, UInt32(bytes.count)))
  }
}
