import FinstageCore

/// A series for a picture: as many spans of equal length as there is room for.
package enum History {
  /// The bins that have readings or gaps, and an empty one after each of them that nothing follows.
  package static func bins(
    _ store: MetricsStore, _ id: Int64, in span: Range<Int64>, count: Int
  ) throws -> [(start: Int64, rollUp: RollUp?)] {
    let width = max(1, (span.upperBound - span.lowerBound) / Int64(count))
    var bins: [Int64: RollUp] = [:]
    for step in [MetricsStore.hour, MetricsStore.minute] {
      for (start, rollUp) in try store.rollUps(id, step: step, in: span) {
        bins[(start - span.lowerBound) / width, default: RollUp()].merge(rollUp)
      }
    }
    let readings = try store.readings(id, in: span)
    for i in readings.times.indices {
      let place = (readings.times[i] - span.lowerBound) / width
      var bin = bins[place] ?? RollUp()
      bin.add(readings.values[i])
      bins[place] = bin
    }
    // A line is broken where nothing came for much longer than usual.
    let places = bins.keys.sorted()
    let usual = places.count > 2 ? zip(places.dropFirst(), places).map { $0 - $1 }.sorted()[places.count / 2 - 1] : 1
    var found: [(Int64, RollUp?)] = []
    for (i, place) in places.enumerated() {
      found.append((span.lowerBound + place * width, bins[place]))
      if i + 1 < places.count, places[i + 1] - place > 3 * usual {
        found.append((span.lowerBound + (place + 1) * width, nil))
      }
    }
    return found
  }
}
