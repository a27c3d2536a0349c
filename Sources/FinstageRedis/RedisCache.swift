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
    let answer = link.ask { connection, seconds throws(RedisFailure) in
      try connection.run(
        [
          RedisCache.word("SET"), RedisCache.key("v", key, cache), RedisCache.bytes(entry), RedisCache.word("PX"),
          RedisCache.word(String(milliseconds)),
        ], within: max(seconds, Double(entry.value.count) / 20e6))
    }
    if answer != nil { counts["\(cache.name) sets", default: 0] += 1 }
  }

  package func delete(_ key: String, in cache: CacheName) -> Bool {
    let answer = link.ask { connection, seconds throws(RedisFailure) in
      try connection.run([RedisCache.word("DEL"), RedisCache.key("v", key, cache)], within: seconds)
    }
    return answer?.integer == 1
  }

  /// Removes the values of one cache or of all; returns how many.
  package func clear(_ cache: CacheName?) -> Int {
    let pattern = "fs:{\(cache?.name ?? "*")}:v:*"
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

  package func flushCounts() {
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
    var bytes: [UInt8] = [version, entry.isNegative ? 1 : 0]
    func add(_ number: UInt64, _ count: Int) {
      for i in 0..<count { bytes.append(UInt8(truncatingIfNeeded: number >> (8 * UInt64(i)))) }
    }
    for time in [entry.stored, entry.expires, entry.staleWhileRevalidate, entry.staleIfError] {
      add(time.bitPattern, 8)
    }
    for text in [entry.etag, entry.lastModified] {
      let part = Array((text ?? "").utf8.prefix(1024))
      add(UInt64(part.count), 2)
      bytes += part
    }
    add(UInt64(entry.value.count), 4)
    add(UInt64(checksum(packed)), 4)
    return bytes + packed
  }

  /// Nil if the bytes are no value of this version, or damaged.
  package static func entry(_ bytes: [UInt8]) -> CacheEntry? {
    var place = 0
    func number(_ count: Int) -> UInt64? {
      guard place + count <= bytes.count else { return nil }
      defer { place += count }
      return (0..<count).reduce(0) { $0 | UInt64(bytes[place + $1]) << (8 * UInt64($1)) }
    }
    func text() -> String?? {
      guard let length = number(2), place + Int(length) <= bytes.count else { return nil }
      defer { place += Int(length) }
      return length == 0 ? .some(nil) : .some(String(decoding: bytes[place..<place + Int(length)], as: UTF8.self))
    }
    guard number(1) == UInt64(version), let flags = number(1), let stored = number(8), let expires = number(8),
      let revalidate = number(8), let error = number(8), let etag = text(), let modified = text(),
      let length = number(4),
      let sum = number(4)
    else { return nil }
    let packed = Array(bytes[place...])
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
