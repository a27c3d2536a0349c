import FinstageRedis
import FinstageServe
import FinstageStream

/// Frames, whole and in pieces, for both ends of a connection: both ways must say the same.
func fuzzWebSocket(_ bytes: [UInt8]) {
  for role in [WebSocketReader.Role.server, .client] {
    var outcomes: [([WebSocketReader.Event], WebSocketReader.Fault?)] = []
    for size in [max(1, bytes.count), 1] {
      var reader = WebSocketReader(role, largestMessage: 1 << 16, deflates: true)
      var events: [WebSocketReader.Event] = []
      var fault: WebSocketReader.Fault?
      for start in stride(from: 0, to: bytes.count, by: size) where fault == nil {
        do throws(WebSocketReader.Fault) {
          try Array(bytes[start..<min(bytes.count, start + size)]).withUnsafeBufferPointer {
            piece throws(WebSocketReader.Fault) in
            try reader.take(piece) { events.append($0) }
          }
        } catch {
          fault = error
        }
      }
      outcomes.append((events, fault))
    }
    precondition(outcomes[0].0 == outcomes[1].0 && outcomes[0].1 == outcomes[1].1)
  }
}

/// The head of a request, and what it asks for.
func fuzzHTTP(_ bytes: [UInt8]) {
  guard let (request, _) = try? HTTPRequest.parse(bytes) else { return }
  _ = try? request.bodyLength(limit: 1 << 16)
  _ = request.parameter("symbols")
  _ = try? WebSocketHandshake.answer(request, deflates: true)
}

/// Answers of a Redis in pieces; values of a cache and frames of a bus, as another could have put them there.
func fuzzRedis(_ bytes: [UInt8]) {
  let size = Int(bytes.first ?? 1) + 1
  var parser = RESPParser(largest: 1 << 20)
  var rest = bytes.dropFirst()
  pieces: while !rest.isEmpty {
    let piece = Array(rest.prefix(size))
    rest = rest.dropFirst(size)
    piece.withUnsafeBytes { parser.take($0) }
    do { while try parser.next() != nil {} } catch { break pieces }
  }
  _ = RedisCache.entry(bytes)
  _ = BusFrame.events(bytes)
}
