import CPlatform
import FinstageSystem
import FinstageWire

/// A connection to a server, used by one thread that waits for it.
package final class WebSocketClient {
  package enum Failure: Error {
    /// It may be better later.
    case unreachable(String)
    /// The server refuses: coming back is of no use.
    case refused(String)
  }

  package enum Event {
    case message([UInt8], isText: Bool)
    /// Nothing has come in the time that was given.
    case silence
    case closed(CloseCode?, String)
  }

  private let wire: any ClientWire
  private var reader: WebSocketReader
  private var events: [Event] = []
  private let buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 64 << 10)

  package static let largestMessage = 16 << 20

  /// Connects, and opens a WebSocket.
  /// - Parameter seconds: for all of it.
  package init(
    _ address: WebSocketAddress, headers: [(String, String)] = [], deflates: Bool = true, within seconds: Double = 15
  ) throws(Failure) {
    let deadline = SystemClock.monotonic + seconds
    wire = try ClientConnection.open(address, deadline)
    reader = WebSocketReader(.client, largestMessage: WebSocketClient.largestMessage, deflates: deflates)
    var random = SystemRandomNumberGenerator()
    let key = (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &random) }
    try ClientConnection.send(
      wire,
      WebSocketHandshake.request(
        host: address.authority, path: address.path, key: key, headers: headers, deflates: deflates), deadline)
    let (answer, rest) = try ClientConnection.head(wire, deadline)
    guard answer.status == 101 else {
      let text = "HTTP \(answer.status) \(answer.reason)"
      // A proxy that has nobody behind it, or a server that is full, may be better later.
      if answer.status == 429 || answer.status >= 500 { throw .unreachable(text) }
      throw .refused(text)
    }
    guard answer.header("upgrade")?.lowercased() == "websocket",
      answer.header("sec-websocket-accept") == WebSocketHandshake.accept(Base64.text(key))
    else { throw .refused("the answer is not that of a WebSocket") }
    let extensions = answer.header("sec-websocket-extensions")
    if let extensions, !deflates || DeflateAgreement.first(of: extensions) == nil {
      throw .refused("the server has chosen an extension that was not offered: \(extensions)")
    }
    if extensions == nil { reader = WebSocketReader(.client, largestMessage: WebSocketClient.largestMessage) }
    take(rest)
  }

  deinit { buffer.deallocate() }

  private func take(_ bytes: [UInt8]) { bytes.withUnsafeBufferPointer { take($0) } }

  private func take(_ bytes: UnsafeBufferPointer<UInt8>) {
    var answers: [[UInt8]] = []
    do throws(WebSocketReader.Fault) {
      try reader.take(bytes) { event in
        switch event {
        case .text(let text): events.append(.message(text, isText: true))
        case .binary(let data): events.append(.message(data, isText: false))
        case .ping(let payload): answers.append(WebSocketFrame.bytes(.pong, payload, mask: WebSocketClient.mask()))
        case .pong: break
        case .close(let code, let reason):
          answers.append(WebSocketFrame.close(code, mask: WebSocketClient.mask()))
          events.append(.closed(code, String(decoding: reason, as: UTF8.self)))
        }
      }
    } catch {
      answers.append(WebSocketFrame.close(error.code, error.reason, mask: WebSocketClient.mask()))
      events.append(.closed(nil, "the server breaks the protocol: \(error.reason)"))
    }
    for answer in answers { try? ClientConnection.send(wire, answer, SystemClock.monotonic + 5) }
  }

  private static func mask() -> UInt32 { UInt32.random(in: .min ... .max) }

  package func send(_ text: String) throws(Failure) { try send(bytes: Array(text.utf8)) }

  /// Sends a text.
  package func send(bytes: [UInt8]) throws(Failure) {
    try ClientConnection.send(
      wire, WebSocketFrame.bytes(.text, bytes, mask: WebSocketClient.mask()),
      SystemClock.monotonic + 15)
  }

  package func ping() {
    try? ClientConnection.send(
      wire, WebSocketFrame.bytes(.ping, [], mask: WebSocketClient.mask()), SystemClock.monotonic + 5)
  }

  package func close(_ code: CloseCode) {
    try? ClientConnection.send(
      wire, WebSocketFrame.close(code, mask: WebSocketClient.mask()), SystemClock.monotonic + 1)
  }

  /// What comes next, waited for. A signal ends the wait.
  package func next(within seconds: Double) -> Event {
    let deadline = SystemClock.monotonic + seconds
    while events.isEmpty {
      let left = deadline - SystemClock.monotonic
      if left <= 0 || Interruption.isRequested { return .silence }
      switch wire.read(UnsafeMutableRawBufferPointer(buffer)) {
      case .some(let count): take(UnsafeBufferPointer(rebasing: buffer[..<count]))
      case .nothing:
        var ready = pollfd(fd: wire.descriptor, events: Int16(POLLIN), revents: 0)
        _ = poll(&ready, 1, Int32((left * 1000).rounded(.up)))
      case .ended: return .closed(nil, "the connection has ended")
      case .failed(let reason): return .closed(nil, reason)
      }
    }
    return events.removeFirst()
  }

  /// Whether something can be had without waiting.
  package var hasMore: Bool { !events.isEmpty }
}
