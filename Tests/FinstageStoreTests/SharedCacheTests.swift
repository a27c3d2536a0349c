import FinstageCore
import FinstageSystem
import Synchronization
import TestSupport
import Testing
@testable import FinstageStore

@Suite struct SharedCacheTests {
  private let folder = TemporaryFolder()
  private var path: String { "\(folder.path)/new/cache.db" }
  private static let small = CacheName("small", lifetime: 60, capacity: 10)

  private func entry(_ value: [UInt8], lifetime: Double = 60) -> CacheEntry {
    let now = SystemClock.wall
    return CacheEntry(value: value, stored: now, expires: now + lifetime)
  }

  @Test func valuesComeBackToOtherConnections() throws {
    let long = Array(repeatElement(UInt8(ascii: "x"), count: 100_000)) + [0, 255]
    var kept = entry(long)
    kept.etag = "\"a\""
    kept.lastModified = "yesterday"
    kept.staleIfError = 5
    kept.staleWhileRevalidate = 7
    do {
      let cache = try SharedCache(path: path)
      try cache.set("k", kept, in: .answers)
      try cache.set("empty", entry([]), in: .answers)
      try cache.set("k", entry([1]), in: .news)
    }
    let cache = try SharedCache(path: path)
    #expect(try cache.get("k", in: .answers) == kept)
    #expect(try cache.get("empty", in: .answers)?.value == [])
    #expect(try cache.get("k", in: .news)?.value == [1])
    #expect(try cache.get("other", in: .answers) == nil)
    let sizes = try cache.sizes()
    #expect(sizes.first { $0.cache == "answers" }.map { $0.items == 2 && $0.bytes < 2000 } == true, "packed")
    let mode = try Run.shell("stat -c %a \(path) \(folder.path)/new")
    #expect(mode.lines == ["600", "700"])
  }

  @Test func theBoundsAreKept() throws {
    let cache = try SharedCache(path: path, largest: 1000)
    for i in 0..<30 { try cache.set("k\(i)", entry([UInt8(i)]), in: Self.small) }
    #expect(try cache.sizes().first?.items == 10)
    #expect(try cache.get("k29", in: Self.small) != nil && cache.get("k0", in: Self.small) == nil)
    // Bytes that cannot be packed.
    var random = SeededRandom(seed: 60)
    for i in 0..<200 { try cache.set("r\(i)", entry((0..<100).map { _ in UInt8(random.next() & 255) }), in: .answers) }
    let bytes = try cache.sizes().reduce(0) { $0 + $1.bytes }
    #expect(bytes <= 1100, "\(bytes)")
    #expect(try cache.totals()["small"]?.evictions == 20)
  }

  @Test func sizesDoNotDrift() throws {
    let cache = try SharedCache(path: path)
    for round in 0..<3 {
      for i in 0..<20 { try cache.set("k\(i)", entry([UInt8](repeating: 1, count: 10 + round)), in: .news) }
    }
    #expect(try cache.sizes().map { [$0.items, $0.bytes] } == [[20, 240]])
    #expect(try cache.delete("k3", in: .news))
    #expect(try !cache.delete("k3", in: .news))
    #expect(try cache.sizes().map { [$0.items, $0.bytes] } == [[19, 228]])
    #expect(try cache.clear(.news) == 19)
    #expect(try cache.sizes().isEmpty)
  }

  @Test func purgingTakesWhatCannotBeUsedAnyMore() throws {
    let cache = try SharedCache(path: path)
    var stale = entry([1], lifetime: -10)
    stale.staleIfError = 60
    try cache.set("stale", stale, in: .answers)
    try cache.set("gone", entry([1], lifetime: -10), in: .answers)
    try cache.set("fresh", entry([1]), in: .answers)
    #expect(try cache.purgeExpired() == 1)
    #expect(try cache.items(.answers).map(\.key) == ["fresh", "stale"])
  }

  @Test func countsOfAllConnectionsAddUp() throws {
    for _ in 0..<3 {
      let cache = try SharedCache(path: path)
      cache.count(.answers) {
        $0.hits += 2
        $0.loadSeconds += 0.5
      }
      try cache.flushCounts()
    }
    let cache = try SharedCache(path: path)
    #expect(try cache.totals()["answers"]?.hits == 6)
    #expect(try cache.totals()["answers"]?.loadSeconds == 1.5)
  }

  @Test func aDamagedFileIsSetAside() throws {
    _ = try SharedCache(path: path).set("k", entry([1]), in: .news)
    for damage in ["this is no database, and longer than a page would be", "SQLite format 3\0 but nothing more"] {
      Files.write(Array(damage.utf8) + [UInt8](repeating: 7, count: 5000), to: path)
      _ = try Run.shell("rm -f '\(path)'-wal '\(path)'-shm")  // whose pages would mend it
      var aside = ""
      let cache = try SharedCache(path: path) { aside = $0 }
      #expect(aside.hasPrefix(path + ".corrupt-"))
      #expect(Files.read(aside)?.starts(with: damage.utf8) == true, "kept for whoever wants to look")
      try cache.set("k", entry([2]), in: .news)
      #expect(try cache.get("k", in: .news)?.value == [2])
      _ = try Run.shell("rm -f \(path)*")
    }
  }

  @Test func anotherProgramsDatabaseIsNotTouchedBesideBeingSetAside() throws {
    let schema = Schema(applicationID: 1, migrations: ["CREATE TABLE mine (x INTEGER) STRICT"])
    try Database(path: path, schema: schema, durability: .full).execute("INSERT INTO mine VALUES (42)")
    var aside = ""
    _ = try SharedCache(path: path) { aside = $0 }
    let theirs = try Database(path: aside, schema: schema, durability: .full)
    #expect(try theirs.integer("SELECT x FROM mine") == 42)
  }

  @Test func whichSQLiteHasTheRace() {
    for (number, isAffected) in [
      (3_040_001, true), (3_006_023, false), (3_044_005, true), (3_044_006, false), (3_050_006, true),
      (3_050_007, false),
      (3_051_002, true), (3_051_003, false), (3_052_000, false),
    ] as [(Int, Bool)] { #expect(SQLiteLibrary.hasResetRace(number) == isAffected, "\(number)") }
  }

  @Test func aNewerFileIsRefused() throws {
    let two = Schema(applicationID: 5, migrations: ["CREATE TABLE a (x) ", "CREATE TABLE b (x)"])
    _ = try Database(path: path, schema: two, durability: .normal)
    let one = Schema(applicationID: 5, migrations: ["CREATE TABLE a (x)"])
    do {
      _ = try Database(path: path, schema: one, durability: .normal)
      Issue.record("it was opened")
    } catch let error as DatabaseError {
      #expect(error.kind == .newer && error.message.contains("newer version"))
    }
  }

  @Test func aTransactionThatFailsLeavesNothing() throws {
    let schema = Schema(applicationID: 5, migrations: ["CREATE TABLE a (x INTEGER NOT NULL) STRICT"])
    let database = try Database(path: path, schema: schema, durability: .normal)
    #expect(throws: DatabaseError.self) {
      try database.write {
        try database.execute("INSERT INTO a VALUES (1)")
        try database.execute("INSERT INTO a VALUES (NULL)")
      }
    }
    #expect(try database.integer("SELECT count(*) FROM a") == 0)
    try database.write { try database.execute("INSERT INTO a VALUES (2)") }
    #expect(try database.integer("SELECT x FROM a") == 2)
  }

  /// Threads with connections of their own are to the locks what processes are.
  @Test func manyWritersLoseNothing() async throws {
    let path = self.path
    try await withThrowingTaskGroup(of: Void.self) { group in
      for writer in 0..<8 {
        group.addTask {
          let cache = try SharedCache(path: path)
          for i in 0..<150 {
            let now = SystemClock.wall
            try cache.set("\(writer)-\(i)", CacheEntry(value: [UInt8(i)], stored: now, expires: now + 60), in: .answers)
            cache.count(.answers) { $0.misses += 1 }
          }
          try cache.flushCounts()
        }
      }
      try await group.waitForAll()
    }
    let cache = try SharedCache(path: path)
    #expect(try cache.sizes().first?.items == 1200)
    #expect(try cache.items(.answers).count == 1200)
    #expect(try cache.totals()["answers"]?.misses == 1200)
    #expect(try cache.totals()["answers"]?.sets == 1200)
  }
}
