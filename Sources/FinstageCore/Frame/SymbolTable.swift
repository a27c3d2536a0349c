/// Numbers distinct byte strings 0, 1, 2, ... in the order they first appear: the dictionary of a symbol column.
///
/// Uses open addressing with a hash that is seeded for each table, so that no input can be made to collide on purpose.
/// Texts live in one arena, which moves when it grows.
package final class SymbolTable {
  private struct Entry {
    var hash: UInt64
    var offset: Int
    var length: Int
  }

  private var entries: UnsafeMutablePointer<Entry>
  private var entryCapacity: Int
  private var index: UnsafeMutablePointer<UInt32>  // id + 1; 0 is free
  private var mask: Int
  private var arena: UnsafeMutablePointer<UInt8>
  private var arenaUsed = 0
  private var arenaCapacity: Int
  private let seed: UInt64
  @exclusivity(unchecked)
  package private(set) var count = 0

  package init() {
    entryCapacity = 64
    entries = .allocate(capacity: entryCapacity)
    mask = 255
    index = .allocate(capacity: mask + 1)
    index.initialize(repeating: 0, count: mask + 1)
    arenaCapacity = 1024
    arena = .allocate(capacity: arenaCapacity + 8)
    var random = SystemRandomNumberGenerator()
    seed = random.next()
  }

  deinit {
    entries.deallocate()
    index.deallocate()
    arena.deallocate()
  }

  /// The number of these bytes, added if they are new; eight bytes past them must be readable.
  @inline(__always)
  package func intern(_ text: UnsafePointer<UInt8>, _ length: Int) -> Int {
    let hash = hashed(text, length)
    var bucket = Int(truncatingIfNeeded: hash) & mask
    while true {
      let id = Int(index[bucket]) &- 1
      if id < 0 { return insert(text, length, hash) }
      if entries[id].hash == hash && equal(entries[id], text, length) { return id }
      bucket = (bucket &+ 1) & mask
    }
  }

  /// Forgets all texts; their numbers become invalid.
  package func removeAll() {
    count = 0
    arenaUsed = 0
    index.update(repeating: 0, count: mask + 1)
  }

  package func name(_ id: Int) -> String {
    String(decoding: UnsafeBufferPointer(start: arena + entries[id].offset, count: entries[id].length), as: UTF8.self)
  }

  /// Valid until the next text is added.
  package func view(_ id: Int) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: arena + entries[id].offset, count: entries[id].length)
  }

  package func bytes(_ id: Int) -> [UInt8] {
    Array(UnsafeBufferPointer(start: arena + entries[id].offset, count: entries[id].length))
  }

  @inline(__always)
  private func hashed(_ text: UnsafePointer<UInt8>, _ length: Int) -> UInt64 {
    var state = seed ^ UInt64(truncatingIfNeeded: length)
    var offset = 0
    let raw = UnsafeRawPointer(text)
    while length &- offset > 8 {
      state = SymbolTable.mix(state ^ raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      offset &+= 8
    }
    let rest = length &- offset
    if rest > 0 {
      let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      state ^= word << UInt64((8 &- rest) &* 8)
    }
    return SymbolTable.mix(state)
  }

  @inline(__always)
  private static func mix(_ x: UInt64) -> UInt64 {
    let (high, low) = x.multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
    return high ^ low
  }

  @inline(__always)
  private func equal(_ entry: Entry, _ text: UnsafePointer<UInt8>, _ length: Int) -> Bool {
    guard entry.length == length else { return false }
    return Bytes.equal(arena + entry.offset, text, length)
  }

  private func insert(_ text: UnsafePointer<UInt8>, _ length: Int, _ hash: UInt64) -> Int {
    if arenaUsed + length > arenaCapacity {
      let larger = max(arenaCapacity * 2, arenaUsed + length)
      let grown = UnsafeMutablePointer<UInt8>.allocate(capacity: larger + 8)
      grown.update(from: arena, count: arenaUsed)
      arena.deallocate()
      arena = grown
      arenaCapacity = larger
    }
    if count == entryCapacity {
      let grown = UnsafeMutablePointer<Entry>.allocate(capacity: entryCapacity * 2)
      grown.update(from: entries, count: count)
      entries.deallocate()
      entries = grown
      entryCapacity *= 2
    }
    (arena + arenaUsed).update(from: text, count: length)
    entries[count] = Entry(hash: hash, offset: arenaUsed, length: length)
    arenaUsed += length
    count += 1
    if count * 2 > mask { rehash() } else { link(count - 1) }
    return count - 1
  }

  private func link(_ id: Int) {
    var bucket = Int(truncatingIfNeeded: entries[id].hash) & mask
    while index[bucket] != 0 { bucket = (bucket + 1) & mask }
    index[bucket] = UInt32(id + 1)
  }

  private func rehash() {
    index.deallocate()
    mask = mask * 2 + 1
    index = .allocate(capacity: mask + 1)
    index.initialize(repeating: 0, count: mask + 1)
    for id in 0..<count { link(id) }
  }
}
