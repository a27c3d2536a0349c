import CPlatform
import FinstageCore
import FinstageProcess
import FinstageSystem

/// What comes in: requests, upgrades and messages.
extension Server {
  func read(_ connection: Connection) {
    let got = systemRead(connection.descriptor, buffer.baseAddress!, buffer.count)
    if got <= 0 {
      if got < 0, errno == EAGAIN || errno == EINTR { return }
      return drop(connection)
    }
    let bytes = UnsafeBufferPointer(rebasing: buffer[..<got])
    switch connection.mode {
    case .webSocket: receive(bytes, connection)
    case .http:
      connection.input.append(contentsOf: bytes)
      takeRequests(connection)
    case .events, .ending: break
    }
  }

  func takeRequests(_ connection: Connection) {
    while connection.mode == .http, !connection.isClosed, !connection.input.isEmpty {
      // Requests one after the other, and nobody reads the answers.
      guard connection.queuedBytes <= limits.mostQueued else { return drop(connection) }
      do throws(HTTPRequest.Fault) {
        guard let (parsed, length) = try HTTPRequest.parse(connection.input) else { return }
        var request = parsed
        let body = try request.bodyLength(limit: owner?.largestBody(request) ?? limits.largestBody)
        guard connection.input.count >= length + body else { return }
        request.body = Array(connection.input[length..<length + body])
        connection.input = Array(connection.input[(length + body)...])
        connection.lastHeard = now
        try noteForwarding(request, connection)
        if WebSocketHandshake.isUpgrade(request) {
          try upgrade(request, connection)
        } else {
          owner?.answer(request, connection)
          if request.isLast, connection.mode == .http { end(connection) }
        }
      } catch {
        refuse(error, connection)
      }
    }
  }

  /// Behind a proxy, the client's address is what the proxy says; the addresses in front of that anybody could have written.
  func noteForwarding(_ request: HTTPRequest, _ connection: Connection) throws(HTTPRequest.Fault) {
    guard !connection.hasForwarding, limits.trustedProxies.contains(connection.address) else { return }
    connection.hasForwarding = true
    let named = (request.header("x-forwarded-for") ?? "").split(separator: ",").map {
      $0.split(separator: " ").joined()
    }
    guard let client = named.last(where: { !limits.trustedProxies.contains($0) }), client.utf8.count <= 45,
      client.utf8.allSatisfy({ $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ":") || isHexadecimal($0) })
    else { return }
    leaveAddress(connection)
    connection.address = client
    perAddress[client, default: 0] += 1
    guard perAddress[client]! <= limits.connectionsPerAddress else {
      counts.refused += 1
      throw HTTPRequest.Fault(status: 429, reason: "too many connections of this address")
    }
  }

  func isHexadecimal(_ byte: UInt8) -> Bool {
    byte &- 0x30 <= 9 || byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "f")
  }

  func leaveAddress(_ connection: Connection) {
    let left = perAddress[connection.address, default: 1] - 1
    perAddress[connection.address] = left > 0 ? left : nil
  }

  func refuse(_ fault: HTTPRequest.Fault, _ connection: Connection) {
    counts.faults += 1
    let headers = fault.status == 426 ? [("Sec-WebSocket-Version", "13"), ("Upgrade", "websocket")] : []
    send(
      HTTPAnswer.bytes(fault.status, headers: headers, Array((fault.reason + "\n").utf8), closes: true), connection)
    end(connection)
  }

  func upgrade(_ request: HTTPRequest, _ connection: Connection) throws(HTTPRequest.Fault) {
    let (head, agreement) = try WebSocketHandshake.answer(
      request, deflates: deflates, keepsContext: keepsContext, protocols: protocols)
    try owner?.admit(request, connection)
    send(head, connection)
    connection.mode = .webSocket
    connection.deflate = agreement
    connection.reader = WebSocketReader(
      .server, largestMessage: owner?.largestMessage(request) ?? limits.largestMessage, deflates: agreement != nil)
    let rest = connection.input
    connection.input = []
    owner?.opened(request, connection)
    if !rest.isEmpty, !connection.isClosed { rest.withUnsafeBufferPointer { receive($0, connection) } }
  }

  func receive(_ bytes: UnsafeBufferPointer<UInt8>, _ connection: Connection) {
    connection.lastHeard = now
    guard connection.queuedBytes <= limits.mostQueued else {
      return drop(connection, .tryAgainLater, "slow: \(connection.queuedBytes) bytes wait")
    }
    do throws(WebSocketReader.Fault) {
      try connection.reader?.take(bytes) { event in
        guard connection.mode == .webSocket else { return }
        switch event {
        case .text(let text):
          counts.messagesReceived += 1
          owner?.received(text, isText: true, connection)
        case .binary(let data):
          counts.messagesReceived += 1
          owner?.received(data, isText: false, connection)
        case .ping(let payload):
          // Who does not read gets no more answers (RFC 6455, section 5.5.3).
          if !connection.waitsForRoom { send(WebSocketFrame.bytes(.pong, payload), connection) }
        case .pong: break
        case .close(let code, _):
          send(WebSocketFrame.close(code), connection)
          end(connection)
        }
      }
    } catch {
      counts.faults += 1
      close(connection, error.code, error.reason)
    }
  }
}
