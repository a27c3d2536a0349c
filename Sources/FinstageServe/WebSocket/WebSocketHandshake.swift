import FinstageSystem

/// The opening handshake (RFC 6455, section 4).
package enum WebSocketHandshake {
  private static let guide = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"

  /// Sec-WebSocket-Accept for a key (section 4.2.2).
  package static func accept(_ key: String) -> String { Base64.text(SHA1.hash(Array((key + guide).utf8))) }

  package static func isUpgrade(_ request: HTTPRequest) -> Bool { request.has("websocket", in: "upgrade") }

  /// The answer to a request, and what was agreed upon.
  /// - Parameter protocols: the subprotocols that are spoken, the best first.
  /// - Throws: the status to answer instead; 426 names the version that is spoken.
  package static func answer(
    _ request: HTTPRequest, deflates: Bool, keepsContext: Bool = false, protocols: [String] = []
  ) throws(HTTPRequest.Fault) -> (head: [UInt8], deflate: DeflateAgreement?) {
    guard request.method == "GET" else {
      throw HTTPRequest.Fault(status: 405, reason: "a WebSocket is opened with GET")
    }
    guard request.has("upgrade", in: "connection") else {
      throw HTTPRequest.Fault(status: 400, reason: "Connection: Upgrade is missing")
    }
    guard request.header("sec-websocket-version") == "13" else {
      throw HTTPRequest.Fault(status: 426, reason: "version 13 of WebSocket is spoken here")
    }
    guard let key = request.header("sec-websocket-key"), key.utf8.count == 24, Base64.bytes(key)?.count == 16 else {
      throw HTTPRequest.Fault(status: 400, reason: "Sec-WebSocket-Key must be 16 bytes of base64")
    }
    var headers = [("Upgrade", "websocket"), ("Connection", "Upgrade"), ("Sec-WebSocket-Accept", accept(key))]
    let agreement =
      deflates
      ? request.header("sec-websocket-extensions").flatMap {
        DeflateAgreement.first(of: $0, keepsContext: keepsContext)
      } : nil
    if let agreement { headers.append(("Sec-WebSocket-Extensions", agreement.header)) }
    let wanted = (request.header("sec-websocket-protocol") ?? "").split(separator: ",").map {
      $0.split(separator: " ").joined()
    }
    if let spoken = protocols.first(where: { wanted.contains($0) }) {
      headers.append(("Sec-WebSocket-Protocol", spoken))
    }
    return (HTTPAnswer.bytes(101, headers: headers, []), agreement)
  }

  /// The request of a client.
  /// - Parameter key: 16 random bytes.
  package static func request(
    host: String, path: String, key: [UInt8], headers: [(String, String)] = [], deflates: Bool = false
  ) -> [UInt8] {
    var head = "GET \(path) HTTP/1.1\r\nHost: \(host)\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    head += "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: \(Base64.text(key))\r\n"
    if deflates {
      head += "Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover; client_no_context_takeover\r\n"
    }
    for (name, value) in headers { head += "\(name): \(value)\r\n" }
    return Array((head + "\r\n").utf8)
  }
}
