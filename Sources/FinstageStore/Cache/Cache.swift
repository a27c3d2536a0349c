import FinstageCore
import FinstageSystem

/// A cache in layers: this process, a file that all processes share, and optionally a server.
///
/// No failure of a cache is fatal: a layer that fails is dropped with one warning. Use a cache from one thread only.
package final class Cache {
  private let memory: [String: MemoryCache]
  private var shared: SharedCache?
  private var remote: (any CacheBackend)?
  private let flights: Flights?
  private let writer: CacheWriter?
  private let warn: (String) -> Void

  /// - Parameters:
  ///   - folder: the folder of the shared file; nil for no file.
  ///   - remote: another layer, behind the file.
  ///   - warn: called with what went wrong, once for each layer.
  package init(folder: String?, remote: (any CacheBackend)? = nil, warn: @escaping (String) -> Void) {
    self.remote = remote
    self.warn = warn
    memory = Dictionary(
      uniqueKeysWithValues: CacheName.all.map { ($0.name, MemoryCache(capacity: min($0.capacity, 256))) })
    guard let folder else {
      shared = nil
      flights = nil
      writer = nil
      return
    }
    do {
      shared = try SharedCache(path: "\(folder)/cache.db") { aside in
        warn("the cache was damaged: moved it to \(aside) and started a new one")
      }
    } catch {
      warn("the cache cannot be used: \(error.sentence)")
      shared = nil
    }
    writer = shared == nil ? nil : CacheWriter(path: "\(folder)/cache.db")
    flights = shared == nil ? nil : Flights(folder: "\(folder)/flights")
  }

  deinit { flush() }

  /// Waits until every value is stored, then writes the counts.
  package func flush() {
    if let failure = writer?.finish() { withShared { _ in throw failure } }
    withShared { shared in try shared.flushCounts() }
    withRemote { remote in try remote.flushCounts() }
  }

  /// The lock to hold while loading a key; nil if the cache is not shared.
  package func flight(_ key: String, in cache: CacheName) -> FileLock? { flights?.lock("\(cache.name) \(key)") }

  /// A value, fresh or not; nil if there is none.
  package func peek(_ key: String, in cache: CacheName) -> CacheEntry? {
    if let entry = memory[cache.name]?.get(key, at: SystemClock.wall) { return entry }
    var found: CacheEntry?
    withShared { shared in found = try shared.get(key, in: cache) }
    let now = SystemClock.wall
    if found?.isFresh(at: now) != true {
      // Another machine may have a newer one; then this machine has it from now on, too.
      var other: CacheEntry?
      withRemote { remote in other = try remote.get(key, in: cache) }
      if let other, other.stored > found?.stored ?? -.infinity {
        found = other
        withShared { shared in try shared.set(key, other, in: cache) }
      }
    }
    if let found, found.isFresh(at: now) { memory[cache.name]?.set(key, found) }
    return found
  }

  package func set(_ key: String, _ entry: CacheEntry, in cache: CacheName) {
    memory[cache.name]?.set(key, entry)
    withShared { shared in try shared.set(key, entry, in: cache) }
    withRemote { remote in try remote.set(key, entry, in: cache) }
  }

  /// Stores a value without waiting for the shared file; releases `lock` once the value is stored. `flush` waits for
  /// all values.
  package func setLater(_ key: String, _ entry: CacheEntry, in cache: CacheName, lock: FileLock?) {
    memory[cache.name]?.set(key, entry)
    if shared != nil, let writer {
      writer.put(key, entry, in: cache, lock: lock)
    } else {
      lock?.release()
    }
    withRemote { remote in try remote.set(key, entry, in: cache) }
  }

  /// Extends the life of a stored value that is still valid.
  package func refresh(_ key: String, _ entry: CacheEntry, in cache: CacheName) {
    memory[cache.name]?.set(key, entry)
    withShared { shared in
      try shared.refresh(key, in: cache, stored: entry.stored, expires: entry.expires)
    }
    withRemote { remote in try remote.set(key, entry, in: cache) }
  }

  package func delete(_ key: String, in cache: CacheName) {
    _ = memory[cache.name]?.delete(key)
    withShared { shared in _ = try shared.delete(key, in: cache) }
    withRemote { remote in _ = try remote.delete(key, in: cache) }
  }

  package func count(_ cache: CacheName, _ change: (inout CacheCounts) -> Void) { shared?.count(cache, change) }

  private func withShared(_ body: (SharedCache) throws -> Void) {
    guard let shared else { return }
    do {
      try body(shared)
    } catch {
      self.shared = nil
      let consequence = (error as? DatabaseError)?.kind == .full ? "storing no more values" : "continuing without it"
      warn("the cache fails: \(error.sentence) (\(consequence))")
    }
  }

  private func withRemote(_ body: (any CacheBackend) throws -> Void) {
    guard let remote else { return }
    do {
      try body(remote)
    } catch {
      self.remote = nil
      warn("the remote cache fails: \(error.sentence) (continuing without it)")
    }
  }
}
