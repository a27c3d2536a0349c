import FinstageRedis
import FinstageStore
import FinstageSystem
import TestSupport
import Testing

/// The layers that machines share, on a Redis that `Tests/Cluster/servers.sh` has started.
@Suite(.enabled(if: Environment["FINSTAGE_TEST_REDIS"] != nil)) struct RedisTests {
  private func link(_ warn: @escaping (String) -> Void = { Issue.record("\($0)") }) throws -> RedisLink {
    RedisLink(try RedisAddress(#require(Environment["FINSTAGE_TEST_REDIS"]) + "?timeout=10s"), warn: warn)
  }

  @Test func whatWasKeptComesBackAsItWas() throws {
    let cache = RedisCache(try link())
    let now = SystemClock.wall
    let key = "GET http://x/\(UInt64.random(in: .min ... .max))"
    #expect(cache.get(key, in: .answers) == nil)
    for value in [
      [], [1, 2, 3], [UInt8](repeating: 65, count: 100_000), (0..<5000).map { _ in UInt8.random(in: .min ... .max) },
    ] {
      let entry = CacheEntry(
        value: value, stored: now, expires: now + 60, etag: "\"é\"", lastModified: nil, staleWhileRevalidate: 5,
        staleIfError: 9,
        isNegative: value.isEmpty)
      cache.set(key, entry, in: .answers)
      #expect(cache.get(key, in: .answers) == entry)
    }
    #expect(cache.delete(key, in: .answers) && !cache.delete(key, in: .answers))
    cache.set(key, CacheEntry(value: [1], stored: now - 100, expires: now - 1), in: .answers)
    #expect(cache.get(key, in: .answers) == nil, "what can no longer be served is not kept")
    let other = CacheName("mine")
    cache.set(key, CacheEntry(value: [1], stored: now, expires: now + 9), in: other)
    #expect(cache.clear(other) == 1 && cache.get(key, in: other) == nil)
  }

  @Test func damagedValuesAreNone() throws {
    let address = try RedisAddress(#require(Environment["FINSTAGE_TEST_REDIS"]))
    let connection = try RedisConnection(address)
    let cache = RedisCache(try link())
    let key = "k\(UInt64.random(in: .min ... .max))"
    let now = SystemClock.wall
    cache.set(key, CacheEntry(value: Array(repeating: 7, count: 300), stored: now, expires: now + 60), in: .answers)
    cache.flushCounts()  // it is on its way
    let name = Array("fs:{answers}:v:\(key)".utf8)
    let good = try #require(try connection.run([Array("GET".utf8), name], within: 1).bytes)
    for i in good.indices {
      var bad = good
      bad[i] ^= 0x40
      try connection.run([Array("SET".utf8), name, bad], within: 1)
      let found = cache.get(key, in: .answers)
      #expect(found == nil || found?.value == Array(repeating: 7, count: 300), "byte \(i)")
    }
    for count in 0..<good.count {
      try connection.run([Array("SET".utf8), name, Array(good[..<count])], within: 1)
      #expect(cache.get(key, in: .answers) == nil)
    }
  }

  @Test func oneFetchesAndTheOthersAreWoken() throws {
    let (a, b) = (RedisFlights(try link()), RedisFlights(try link()))
    let key = "f\(UInt64.random(in: .min ... .max))"
    #expect(a.take(key, for: 5) == .ours(isKnown: false))
    #expect(b.take(key, for: 5) == .taken && b.take(key, for: 5) == .taken)
    #expect(b.landed() == [])
    a.done(key)
    var ready = pollfd(fd: b.descriptor, events: Int16(POLLIN), revents: 0)
    #expect(poll(&ready, 1, 5000) == 1 && b.landed() == [key])
    #expect(b.take(key, for: 5) == .ours(isKnown: false))
    a.done(key)
    #expect(a.take(key, for: 5) == .taken, "the token of another is not taken away")
    b.done(key)
  }

  /// What is sent without waiting for it arrives, in its order, before what is asked next.
  @Test func whatIsPostedArrives() throws {
    let connection = try RedisConnection(RedisAddress(#require(Environment["FINSTAGE_TEST_REDIS"])))
    let key = "p\(UInt64.random(in: .min ... .max))"
    for i in 0..<1000 { try connection.post(["SET", key, String(i)].map { Array($0.utf8) }, within: 5) }
    try connection.post(["NONSENSE"].map { Array($0.utf8) }, within: 5)
    #expect(try connection.run("GET", key, within: 5).string == "999")
    #expect(try connection.run("DEL", key, within: 5).integer == 1)
  }

  @Test func clearingTakesCountsAndPausesAlong() throws {
    let link = try link()
    let cache = RedisCache(link)
    cache.set("c", CacheEntry(value: [1], stored: SystemClock.wall, expires: SystemClock.wall + 60), in: .news)
    cache.flushCounts()
    let connection = try RedisConnection(link.address)
    #expect(try connection.run("EXISTS", "fs:{news}:counts", within: 5).integer == 1)
    #expect(cache.clear(.news) == 1)
    #expect(try connection.run("EXISTS", "fs:{news}:counts", within: 5).integer == 0)
  }

  @Test func placesAreSharedAndPausesVoidThem() throws {
    let (a, b) = (RedisRates(try link()), RedisRates(try link()))
    let host = "h\(UInt64.random(in: .min ... .max))"
    // Twenty a second: ten places at a time each.
    var times: [Double] = []
    for i in 0..<40 {
      guard case .place(let wait) = (i % 2 == 0 ? a : b).takePlace(host, interval: 0.05, wanted: 100) else {
        Issue.record("no place")
        continue
      }
      times.append(wait)
    }
    let sorted = times.sorted()
    #expect(sorted.last! > 1.7 && sorted.last! < 2.1, "40 places take two seconds: \(sorted.last!)")
    for (first, second) in zip(sorted, sorted.dropFirst()) { #expect(second - first > 0.04, "\(first) \(second)") }
    a.pause(host, seconds: 30)
    guard case .pause(let left) = a.takePlace(host, interval: 0.05, wanted: 1) else { return #expect(Bool(false)) }
    #expect(left > 25 && left <= 30)
  }

  @Test func aServerThatIsAwayIsLeftAloneAfterOneSentence() throws {
    var warnings: [String] = []
    let link = RedisLink(try RedisAddress("redis://127.0.0.1:1")) { warnings.append($0) }
    let cache = RedisCache(link)
    let begin = SystemClock.monotonic
    for _ in 0..<1000 { #expect(cache.get("k", in: .answers) == nil) }
    #expect(
      RedisFlights(link).take("k", for: 1) == .nobody
        && RedisRates(link).takePlace("h", interval: 1, wanted: 1) == .nobody)
    #expect(SystemClock.monotonic - begin < 2 && warnings.count == 1)
  }
}
