import FinstageSystem
import FinstageWire

/// Calls with deadlines on a connection, and the heads of answers.
enum ClientConnection {
  static func open(_ address: WebSocketAddress, _ deadline: Double) throws(WebSocketClient.Failure) -> any ClientWire {
    let port = UInt16(address.port)
    do throws(WireFailure) {
      if address.isSecure { return try SecureWire(host: address.host, port: port, deadline: deadline) }
      return try PlainWire(host: address.host, port: port, deadline: deadline)
    } catch {
      switch error {
      case .unreachable(let reason): throw .unreachable(reason)
      case .refused(let reason): throw .refused(reason)
      }
    }
  }

  static func send(_ wire: any ClientWire, _ bytes: [UInt8], _ deadline: Double) throws(WebSocketClient.Failure) {
    var sent = 0
    while sent < bytes.count {
      switch bytes.withUnsafeBytes({ wire.write(UnsafeRawBufferPointer(rebasing: $0[sent...])) }) {
      case .some(let count): sent += count
      case .nothing:
        guard waitForWire(wire.descriptor, Int32(POLLOUT), until: deadline) else {
          throw .unreachable("the server does not read")
        }
      case .failed(let reason): throw .unreachable(reason)
      }
    }
  }

  /// Reads some more bytes.
  private static func more(
    _ wire: any ClientWire, into bytes: inout [UInt8], _ deadline: Double, _ place: String
  ) throws(WebSocketClient.Failure) {
    var block = [UInt8](repeating: 0, count: 16 << 10)
    while true {
      switch block.withUnsafeMutableBytes({ wire.read($0) }) {
      case .some(let count):
        bytes += block[..<count]
        return
      case .nothing:
        guard waitForWire(wire.descriptor, Int32(POLLIN), until: deadline) else {
          throw .unreachable("no answer in time")
        }
      case .ended: throw .unreachable("the connection has ended \(place) an answer")
      case .failed(let reason): throw .unreachable(reason)
      }
    }
  }

  struct Answer {
    var status: Int
    var reason: String
    var headers: [(name: String, value: String)]
    func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
  }

  /// Reads the head of an answer, and what has come after it.
  static func head(_ wire: any ClientWire, _ deadline: Double) throws(WebSocketClient.Failure) -> (Answer, [UInt8]) {
    var bytes: [UInt8] = []
    while true {
      if let end = bytes.firstRange(of: [13, 10, 13, 10]) {
        let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
        let words = (lines.first ?? "").split(separator: " ", maxSplits: 2)
        guard words.count >= 2, words[0].hasPrefix("HTTP/1."), let status = Int(words[1]) else {
          throw .refused("this is not a server of HTTP")
        }
        let headers = lines.dropFirst().compactMap { line -> (name: String, value: String)? in
          guard let colon = line.firstIndex(of: ":") else { return nil }
          let value = line[line.index(after: colon)...].drop { $0 == " " }
          return (line[..<colon].lowercased(), String(value))
        }
        return (
          Answer(status: status, reason: words.count > 2 ? String(words[2]) : "", headers: headers),
          Array(bytes[end.upperBound...])
        )
      }
      guard bytes.count < HTTPRequest.largestHead else {
        throw .refused("the head of the answer is larger than 16 KiB")
      }
      try more(wire, into: &bytes, deadline, "before")
    }
  }

  /// Reads on until there are so many bytes.
  static func rest(
    _ wire: any ClientWire, _ begun: [UInt8], _ length: Int, _ deadline: Double
  ) throws(WebSocketClient.Failure) -> [UInt8] {
    var bytes = begun
    while bytes.count < length { try more(wire, into: &bytes, deadline, "within") }
    return bytes
  }
}

/// One request and its answer, to a server of ours.
package enum ServerRequest {
  private static let largestAnswer = 64 << 20

  package static func send(
    _ address: WebSocketAddress, method: String = "GET", token: String? = nil, body: [UInt8] = []
  ) throws(WebSocketClient.Failure) -> (status: Int, body: [UInt8]) {
    let deadline = SystemClock.monotonic + 15
    let wire = try ClientConnection.open(address, deadline)
    var head = "\(method) \(address.path) HTTP/1.1\r\nHost: \(address.authority)\r\nConnection: close\r\n"
    if let token { head += "Authorization: Bearer \(token)\r\n" }
    if !body.isEmpty { head += "Content-Length: \(body.count)\r\nContent-Type: application/json\r\n" }
    try ClientConnection.send(wire, Array((head + "\r\n").utf8) + body, deadline)
    let (answer, rest) = try ClientConnection.head(wire, deadline)
    let length = answer.header("content-length").flatMap { Int($0) } ?? 0
    guard (0...largestAnswer).contains(length) else { throw .refused("an answer of \(length) bytes") }
    return (answer.status, try ClientConnection.rest(wire, rest, length, deadline))
  }
}
