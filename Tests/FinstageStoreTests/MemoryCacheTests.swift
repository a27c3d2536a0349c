import FinstageStore
import Testing

@Suite struct MemoryCacheTests {
  private func entry(_ value: UInt8, until expires: Double = 100) -> CacheEntry {
    CacheEntry(value: [value], stored: 0, expires: expires)
  }

  @Test func theLeastRecentlyUsedGoesFirst() {
    let cache = MemoryCache(capacity: 3)
    for (i, key) in ["a", "b", "c"].enumerated() { cache.set(key, entry(UInt8(i))) }
    #expect(cache.get("a", at: 1)?.value == [0])
    cache.set("d", entry(3))
    #expect(cache.get("b", at: 1) == nil)
    #expect(cache.get("a", at: 1) != nil && cache.get("c", at: 1) != nil && cache.get("d", at: 1) != nil)
    cache.set("a", entry(9))
    #expect(cache.count == 3 && cache.evictions == 1)
    #expect(cache.get("a", at: 1)?.value == [9])
  }

  @Test func whatHasExpiredIsNotThere() {
    let cache = MemoryCache(capacity: 3)
    cache.set("a", entry(1, until: 10))
    #expect(cache.get("a", at: 9.9) != nil)
    #expect(cache.get("a", at: 10) == nil)
    #expect(cache.count == 0 && cache.expirations == 1)
  }

  /// Against a list that is searched: any sequence of calls gives the same.
  @Test func itIsWhatASimpleListWouldBe() {
    var state: UInt64 = 1
    func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    let cache = MemoryCache(capacity: 5)
    var model: [(key: String, value: UInt8)] = []
    for _ in 0..<5000 {
      let key = "\(next(9))"
      let place = model.firstIndex { $0.key == key }
      switch next(3) {
      case 0:
        let value = UInt8(next(200))
        if let place { model.remove(at: place) } else if model.count == 5 { model.removeFirst() }
        model.append((key, value))
        cache.set(key, entry(value))
      case 1:
        #expect(cache.get(key, at: 1)?.value == place.map { [model[$0].value] })
        if let place { model.append(model.remove(at: place)) }
      default:
        #expect(cache.delete(key) == (place != nil))
        if let place { model.remove(at: place) }
      }
      #expect(cache.count == model.count)
    }
  }
}
