import FinstageCore
import FinstageServe
import FinstageSystem

/// A hub that is one of several nodes on a bus.
extension Hub {
  /// What another node has read, numbered and encoded there.
  package func take(_ event: BusEvent) {
    guard streams[event.kind.rawValue].count < Hub.mostStreams || streams[event.kind.rawValue][event.symbol] != nil
    else { return }
    let stream = self.stream(event.kind, event.symbol, makes: true)!
    // What is known already comes again after a failover.
    guard event.sequence > stream.sequence else { return }
    counts.events += 1
    stream.sequence = event.sequence
    if event.kind.isOfPrices, let record = try? JSONMembers(event.json), let price = EventEncoder.price(record) {
      stream.price = Array(price)
      stream.priceValue = Double(String(decoding: price, as: UTF8.self))
      note(event.json, in: stream)
    }
    if stream.isStale { tellFreshness(of: stream, isStale: false) }
    stream.lastSeen = server.now
    publish(StreamEvent(sequence: event.sequence, json: event.json), stream)
  }

  /// Begins where the bus is, before anybody is served.
  package func restore(_ start: BusStart) {
    epoch = start.epoch
    for event in start.events { take(event) }
    for known in start.sequences {
      guard let stream = stream(known.kind, known.symbol, makes: true) else { continue }
      stream.sequence = max(stream.sequence, known.sequence)
    }
    counts.events = 0
  }

  /// The bus has begun anew: what was before is no longer counted on from.
  package func begin(epoch: String) {
    self.epoch = epoch
    for streams in streams {
      for stream in streams.values {
        stream.sequence = 0
        keptBytes -= stream.recentBytes
        stream.recent = []
        stream.recentBytes = 0
      }
    }
    _ = broadcast([
      "type": "gap", "reason": "the bus has begun anew: numbers begin again", "epoch": .string(epoch),
      "timestamp": Hub.timestamp,
    ])
  }

  /// Frames of the bus were lost on their way here.
  package func noteLost(frames: Int64) {
    warn("\(frames) frames of the bus were lost")
    _ = broadcast([
      "type": "gap", "reason": .string("\(frames) frames of the bus were lost"), "epoch": .string(epoch),
      "timestamp": Hub.timestamp,
    ])
  }

  /// Tells everybody whether events come from the bus.
  package func noteBus(isThere: Bool, _ reason: String) {
    isReading = isThere
    notReading = isThere ? nil : reason
    _ = broadcast([
      "type": isThere ? "live" : "stale", "reason": .string(reason), "epoch": .string(epoch),
      "timestamp": Hub.timestamp,
    ])
  }
}
