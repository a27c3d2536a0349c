import FinstageCore
import FinstageSystem

/// A cache in an SQLite file that all processes share.
///
/// Values are packed with zlib if that saves space. Each write enforces the limits in small steps, so no single process
/// has to clean up for all. `accessed` and `uses` are updated at most once a minute for a key; otherwise every read
/// would be a write. Counts are added up in memory and written once, by `flushCounts`.
package final class SharedCache: CacheBackend {
  private let database: Database
  private let largest: Int64
  private var counts: [String: CacheCounts] = [:]

  private static let evictionStep = 50
  private static let accessGrain = 60.0

  private static let schema = Schema(
    applicationID: 0x6673_6361,  // "fsca"
    kind: .own,
    migrations: [
      """
      CREATE TABLE entries (
        cache TEXT NOT NULL, key TEXT NOT NULL, value BLOB NOT NULL, length INTEGER NOT NULL,
        stored REAL NOT NULL, expires REAL NOT NULL, etag TEXT, modified TEXT,
        revalidate REAL NOT NULL, error REAL NOT NULL, negative INTEGER NOT NULL,
        accessed REAL NOT NULL, uses INTEGER NOT NULL,
        PRIMARY KEY (cache, key)
      ) STRICT;
      CREATE INDEX entries_by_access ON entries (accessed);
      CREATE INDEX entries_by_cache_access ON entries (cache, accessed);
      CREATE TABLE sizes (cache TEXT PRIMARY KEY, items INTEGER NOT NULL, bytes INTEGER NOT NULL) STRICT;
      CREATE TRIGGER entries_insert AFTER INSERT ON entries BEGIN
        INSERT INTO sizes VALUES (new.cache, 1, length(new.value))
          ON CONFLICT (cache) DO UPDATE SET items = items + 1, bytes = bytes + length(new.value);
      END;
      CREATE TRIGGER entries_delete AFTER DELETE ON entries BEGIN
        UPDATE sizes SET items = items - 1, bytes = bytes - length(old.value) WHERE cache = old.cache;
      END;
      CREATE TRIGGER entries_update AFTER UPDATE OF value ON entries BEGIN
        UPDATE sizes SET bytes = bytes - length(old.value) + length(new.value) WHERE cache = new.cache;
      END;
      CREATE TABLE counts (
        cache TEXT PRIMARY KEY, hits INTEGER NOT NULL, stale_hits INTEGER NOT NULL, misses INTEGER NOT NULL,
        sets INTEGER NOT NULL, deletes INTEGER NOT NULL, evictions INTEGER NOT NULL, expirations INTEGER NOT NULL,
        loads INTEGER NOT NULL, load_seconds REAL NOT NULL
      ) STRICT;
      """
    ])

  /// Opens the cache. Moves a damaged file aside and starts a new one.
  /// - Parameters:
  ///   - largest: the limit for all packed values together, in bytes.
  ///   - onCorrupt: called with the new path of the damaged file.
  package init(path: String, largest: Int64 = 1 << 30, onCorrupt: (String) -> Void = { _ in }) throws {
    self.largest = largest
    do {
      database = try SharedCache.open(path)
    } catch let error as DatabaseError {
      guard error.kind == .corrupt, let aside = SharedCache.setAside(path) else { throw error }
      onCorrupt(aside)
      database = try SharedCache.open(path)
    }
  }

  private static func open(_ path: String) throws -> Database {
    let advice = "use a cache of your own: set FINSTAGE_HOME or XDG_CACHE_HOME"
    _ = Folder.make(Folder.parent(of: path))
    for place in [Folder.parent(of: path)] + ["", "-wal", "-shm", "-journal", ".lock"].map({ path + $0 }) {
      try FileTrust.check(place, advice: advice)
    }
    let database = try Database(path: path, schema: schema, durability: .normal)
    // It may have been made in between, by another.
    try FileTrust.check(path, advice: advice)
    return database
  }

  /// Renames a damaged file and its log; nil if the file cannot be locked or renamed.
  private static func setAside(_ path: String) -> String? {
    guard let lock = FileLock(path: systemRealPath(path) + ".lock"), lock.acquire(within: 10) == .held else {
      return nil
    }
    defer { lock.release() }
    let aside = "\(path).corrupt-\(Int(SystemClock.wall))"
    guard rename(path, aside) == 0 else { return nil }
    for suffix in ["-wal", "-shm"] { rename(path + suffix, aside + suffix) }
    return aside
  }

  // MARK: - Values

  package func get(_ key: String, in cache: CacheName) throws -> CacheEntry? {
    let statement = try database.prepare(
      """
      SELECT value, length, stored, expires, etag, modified, revalidate, error, negative, accessed
      FROM entries WHERE cache = ? AND key = ?
      """)
    defer { statement.reset() }
    statement.bind(1, cache.name).bind(2, key)
    guard try statement.step() else { return nil }
    guard let value = Packing.unpacked(statement.bytes(0), length: Int(statement.integer(1))) else { return nil }
    let entry = CacheEntry(
      value: value, stored: statement.double(2), expires: statement.double(3), etag: statement.text(4),
      lastModified: statement.text(5), staleWhileRevalidate: statement.double(6), staleIfError: statement.double(7),
      isNegative: statement.integer(8) != 0)
    let accessed = statement.double(9)
    statement.reset()
    let now = SystemClock.wall
    if now - accessed > SharedCache.accessGrain { try touch(key, cache, now) }
    return entry
  }

  private func touch(_ key: String, _ cache: CacheName, _ now: Double) throws {
    try database.write {
      try database.prepare("UPDATE entries SET accessed = ?, uses = uses + 1 WHERE cache = ? AND key = ?")
        .bind(1, now).bind(2, cache.name).bind(3, key).run()
    }
  }

  package func set(_ key: String, _ entry: CacheEntry, in cache: CacheName) throws {
    try set([(key, entry)], in: cache)
  }

  /// Several values in one transaction.
  package func set(_ entries: [(key: String, entry: CacheEntry)], in cache: CacheName) throws {
    // Pack before the transaction, so that other processes do not wait for it.
    let packed = entries.map { Packing.packed($0.entry.value) }
    var evicted = 0
    try database.write {
      for (i, (key, entry)) in entries.enumerated() { try put(key, entry, packed[i], cache) }
      evicted = try keepBounds(cache, adding: entries.count)
    }
    count(cache) {
      $0.sets += entries.count
      $0.evictions += evicted
    }
  }

  private func put(
    _ key: String, _ entry: CacheEntry, _ packed: [UInt8], _ cache: CacheName
  ) throws {
    let statement = try database.prepare(
      """
      INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)
      ON CONFLICT (cache, key) DO UPDATE SET value = excluded.value, length = excluded.length,
        stored = excluded.stored, expires = excluded.expires, etag = excluded.etag, modified = excluded.modified,
        revalidate = excluded.revalidate, error = excluded.error, negative = excluded.negative,
        accessed = excluded.accessed
      """)
    statement.bind(1, cache.name).bind(2, key).bind(3, packed).bind(4, Int64(entry.value.count))
    statement.bind(5, entry.stored).bind(6, entry.expires).bind(7, entry.etag).bind(8, entry.lastModified)
    statement.bind(9, entry.staleWhileRevalidate).bind(10, entry.staleIfError)
    try statement.bind(11, Int64(entry.isNegative ? 1 : 0)).bind(12, SystemClock.wall).run()
  }

  /// Deletes a few of the least recently used entries if they are too many or take too much space; returns how many.
  private func keepBounds(_ cache: CacheName, adding count: Int) throws -> Int {
    let step = SharedCache.evictionStep + count
    var evicted = 0
    let items = try database.prepare("SELECT items FROM sizes WHERE cache = ?").bind(1, cache.name)
    let excess = try items.step() ? Int(items.integer(0)) - cache.capacity : 0
    items.reset()
    if excess > 0 {
      try database.prepare(
        """
        DELETE FROM entries WHERE rowid IN
          (SELECT rowid FROM entries WHERE cache = ? ORDER BY accessed LIMIT ?)
        """
      ).bind(1, cache.name).bind(2, Int64(min(excess, step))).run()
      evicted += database.changes
    }
    if try database.integer("SELECT coalesce(sum(bytes), 0) FROM sizes") > largest {
      try database.prepare("DELETE FROM entries WHERE rowid IN (SELECT rowid FROM entries ORDER BY accessed LIMIT ?)")
        .bind(1, Int64(step)).run()
      evicted += database.changes
    }
    return evicted
  }

  /// Extends the life of a stored value that is still valid.
  package func refresh(_ key: String, in cache: CacheName, stored: Double, expires: Double) throws {
    try database.write {
      try database.prepare(
        "UPDATE entries SET stored = ?, expires = ?, accessed = ? WHERE cache = ? AND key = ?"
      ).bind(1, stored).bind(2, expires).bind(3, stored).bind(4, cache.name).bind(5, key).run()
    }
  }

  package func delete(_ key: String, in cache: CacheName) throws -> Bool {
    let found = try database.write {
      try database.prepare("DELETE FROM entries WHERE cache = ? AND key = ?").bind(1, cache.name).bind(2, key).run()
      return database.changes > 0
    }
    if found { count(cache) { $0.deletes += 1 } }
    return found
  }

  /// Empties one cache or all caches and their counts; returns how many entries were deleted.
  package func clear(_ cache: CacheName?) throws -> Int {
    counts = [:]
    let gone = try database.write { () -> Int in
      var gone = 0
      for (table, isEntries) in [("entries", true), ("counts", false)] {
        let filter = cache == nil ? "" : " WHERE cache = ?"
        let statement = try database.prepare("DELETE FROM \(table)\(filter)")
        if let cache { statement.bind(1, cache.name) }
        try statement.run()
        if isEntries { gone = database.changes }
      }
      return gone
    }
    try database.giveBackPages()
    return gone
  }

  /// Deletes the entries that can no longer be served, not even as stale values; returns how many.
  package func purgeExpired(_ cache: CacheName? = nil) throws -> Int {
    let names: [String]
    if let cache { names = [cache.name] } else { names = try sizes().map(\.cache) }
    var gone = 0
    for name in names {
      let purged = try database.write {
        try database.prepare("DELETE FROM entries WHERE cache = ? AND expires + max(revalidate, error) < ?")
          .bind(1, name).bind(2, SystemClock.wall).run()
        return database.changes
      }
      count(CacheName.named(name)) { $0.expirations += purged }
      gone += purged
    }
    return gone
  }

  // MARK: - Contents

  /// The entries and bytes of each cache.
  package func sizes() throws -> [(cache: String, items: Int, bytes: Int)] {
    let statement = try database.prepare("SELECT cache, items, bytes FROM sizes WHERE items > 0 ORDER BY cache")
    var rows: [(cache: String, items: Int, bytes: Int)] = []
    while try statement.step() {
      rows.append((statement.text(0) ?? "", Int(statement.integer(1)), Int(statement.integer(2))))
    }
    return rows
  }

  package struct Item: Sendable {
    package var cache: String
    package var key: String
    /// The size as stored (packed), and as returned.
    package var bytes: Int
    package var length: Int
    package var stored: Double
    package var expires: Double
    package var accessed: Double
    package var uses: Int
    package var isNegative: Bool
  }

  /// Entries, the most used first, or in the order of their keys.
  package func items(_ cache: CacheName?, mostUsed limit: Int? = nil) throws -> [Item] {
    let filter = cache == nil ? "" : "WHERE cache = ?2"
    let order = limit == nil ? "cache, key" : "uses DESC, accessed DESC, cache, key"
    let statement = try database.prepare(
      """
      SELECT cache, key, length(value), length, stored, expires, accessed, uses, negative FROM entries \(filter)
      ORDER BY \(order) LIMIT ?1
      """)
    statement.bind(1, Int64(limit ?? -1))
    if let cache { statement.bind(2, cache.name) }
    var items: [Item] = []
    while try statement.step() {
      items.append(
        Item(
          cache: statement.text(0) ?? "", key: statement.text(1) ?? "", bytes: Int(statement.integer(2)),
          length: Int(statement.integer(3)), stored: statement.double(4), expires: statement.double(5),
          accessed: statement.double(6), uses: Int(statement.integer(7)), isNegative: statement.integer(8) != 0))
    }
    return items
  }

  // MARK: - Counts

  /// Counts in memory; `flushCounts` writes the counts.
  package func count(_ cache: CacheName, _ change: (inout CacheCounts) -> Void) {
    change(&counts[cache.name, default: CacheCounts()])
  }

  /// Adds the counts of this process to the file.
  package func flushCounts() throws {
    let pending = counts.filter { !$0.value.isEmpty }
    guard !pending.isEmpty else { return }
    counts = [:]
    try database.write {
      for (name, counts) in pending {
        let statement = try database.prepare(
          """
          INSERT INTO counts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (cache) DO UPDATE SET
            hits = hits + excluded.hits, stale_hits = stale_hits + excluded.stale_hits, misses = misses + excluded.misses,
            sets = sets + excluded.sets, deletes = deletes + excluded.deletes, evictions = evictions + excluded.evictions,
            expirations = expirations + excluded.expirations, loads = loads + excluded.loads,
            load_seconds = load_seconds + excluded.load_seconds
          """)
        statement.bind(1, name)
        let values = [
          counts.hits, counts.staleHits, counts.misses, counts.sets, counts.deletes, counts.evictions,
          counts.expirations,
          counts.loads,
        ]
        for (i, value) in values.enumerated() { statement.bind(Int32(i + 2), Int64(value)) }
        try statement.bind(10, counts.loadSeconds).run()
      }
    }
  }

  /// The counts of all processes so far, including the unwritten counts of this process.
  package func totals() throws -> [String: CacheCounts] {
    var result = counts
    let statement = try database.prepare(
      "SELECT cache, hits, stale_hits, misses, sets, deletes, evictions, expirations, loads, load_seconds FROM counts")
    while try statement.step() {
      var counts = CacheCounts()
      counts.hits = Int(statement.integer(1))
      counts.staleHits = Int(statement.integer(2))
      counts.misses = Int(statement.integer(3))
      counts.sets = Int(statement.integer(4))
      counts.deletes = Int(statement.integer(5))
      counts.evictions = Int(statement.integer(6))
      counts.expirations = Int(statement.integer(7))
      counts.loads = Int(statement.integer(8))
      counts.loadSeconds = statement.double(9)
      result[statement.text(0) ?? "", default: CacheCounts()].add(counts)
    }
    return result
  }
}
