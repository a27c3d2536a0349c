import FinstageCore
import FinstageServe

/// Events that leave together, for clients that want that.
extension Hub {
  private static let largestBatch = 64 << 10

  func gather(_ event: StreamEvent, _ subscriber: Subscriber) {
    if subscriber.batched.isEmpty {
      subscriber.nextBatch = server.now + subscriber.batch
      gathering.append(subscriber)
      chooseTick()
    }
    subscriber.batched.append(event)
    subscriber.batchedBytes += event.json.count
    if subscriber.batchedBytes >= Hub.largestBatch { sendBatch(subscriber) }
  }

  /// Sends what is due.
  func sendBatches(_ now: Double) {
    guard !gathering.isEmpty else { return }
    for subscriber in gathering where now >= subscriber.nextBatch { sendBatch(subscriber) }
  }

  func sendBatch(_ subscriber: Subscriber) {
    gathering.removeAll { $0 === subscriber }
    chooseTick()
    let objects = subscriber.batched.map(\.json)
    subscriber.batched = []
    subscriber.batchedBytes = 0
    let connection = subscriber.connection
    guard !objects.isEmpty, !connection.isClosed else { return }
    if subscriber.wantsArrow {
      do {
        return server.send(WebSocketFrame.bytes(.binary, try EventBatch.arrow(objects)), connection)
      } catch {
        return complain("these events cannot be a table of Arrow: \(error)", subscriber)
      }
    }
    let list = EventBatch.list(objects)
    if list.count >= Hub.smallestPacked, let packed = connection.packedInContext(list) {
      server.send(packed, connection)
    } else if let agreement = connection.deflate, list.count >= Hub.smallestPacked {
      let packed = deflater(agreement.serverWindowBits).packed(list)
      server.send(WebSocketFrame.bytes(.text, packed, isCompressed: true), connection)
    } else {
      server.send(WebSocketFrame.bytes(.text, list), connection)
    }
  }
}
