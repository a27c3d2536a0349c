import FinstageSystem

/// The part of a cache in this process. Evicts the least recently used value first. Use it from one thread only.
package final class MemoryCache {
  private struct Node {
    var key: String
    var entry: CacheEntry
    var newer: Int
    var older: Int
  }

  private let capacity: Int
  private var nodes: [Node] = []
  private var free: [Int] = []
  private var places: [String: Int] = [:]
  private var newest = -1
  private var oldest = -1
  package private(set) var evictions = 0
  package private(set) var expirations = 0

  /// - Parameter capacity: the maximum number of entries, at least one.
  package init(capacity: Int) { self.capacity = max(1, capacity) }

  package var count: Int { places.count }

  /// A value that is still fresh; removes a value that is not.
  package func get(_ key: String, at now: Double) -> CacheEntry? {
    guard let place = places[key] else { return nil }
    guard nodes[place].entry.isFresh(at: now) else {
      remove(place)
      expirations += 1
      return nil
    }
    unlink(place)
    link(place)
    return nodes[place].entry
  }

  package func set(_ key: String, _ entry: CacheEntry) {
    if let place = places[key] {
      nodes[place].entry = entry
      unlink(place)
      link(place)
      return
    }
    if places.count >= capacity {
      remove(oldest)
      evictions += 1
    }
    let node = Node(key: key, entry: entry, newer: -1, older: -1)
    let place = free.popLast() ?? nodes.count
    if place == nodes.count { nodes.append(node) } else { nodes[place] = node }
    places[key] = place
    link(place)
  }

  @discardableResult
  package func delete(_ key: String) -> Bool {
    guard let place = places[key] else { return false }
    remove(place)
    return true
  }

  package func clear() {
    nodes.removeAll()
    free.removeAll()
    places.removeAll()
    newest = -1
    oldest = -1
  }

  private func remove(_ place: Int) {
    unlink(place)
    places[nodes[place].key] = nil
    nodes[place] = Node(key: "", entry: CacheEntry(value: [], stored: 0, expires: 0), newer: -1, older: -1)
    free.append(place)
  }

  private func link(_ place: Int) {
    nodes[place].newer = -1
    nodes[place].older = newest
    if newest >= 0 { nodes[newest].newer = place }
    newest = place
    if oldest < 0 { oldest = place }
  }

  private func unlink(_ place: Int) {
    let (newer, older) = (nodes[place].newer, nodes[place].older)
    if newer >= 0 { nodes[newer].older = older } else if newest == place { newest = older }
    if older >= 0 { nodes[older].newer = newer } else if oldest == place { oldest = newer }
  }
}
