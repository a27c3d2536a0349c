import FinstageCore
import FinstageServe
import FinstageSystem
import TestSupport
import Testing

/// A server of streams and its pipe.
final class StreamService {
  let child: Child
  let port: Int
  private let home: String

  /// - Parameter more: what follows all options.
  init(_ options: [String] = [], home: String, port wanted: Int = 0, after more: [String] = []) throws {
    self.home = home
    child = try Child(
      tool: "fs-stream", ["--port", "\(wanted)", "--linger", "forever"] + options + more,
      environment: ["FINSTAGE_HOME": home],
      mergesErrors: true)
    let line = child.line() ?? ""
    port = Int(line.dropFirst("fs-stream: ws://127.0.0.1:".count).prefix { $0.isNumber }) ?? 0
    #expect(port > 0, "\(line)")
  }

  func client(_ headers: [(String, String)] = [], deflates: Bool = false) throws -> Peer {
    Peer(
      try WebSocketClient(
        WebSocketAddress("ws://127.0.0.1:\(port)/ws/realtime", path: "/")!, headers: headers, deflates: deflates))
  }

  func ask(_ path: String, method: String = "GET", token: String? = nil, body: String = "") throws -> (
    status: Int, text: String
  ) {
    let answer = try ServerRequest.send(
      WebSocketAddress("http://127.0.0.1:\(port)\(path)", path: "/")!, method: method, token: token,
      body: Array(body.utf8))
    return (answer.status, String(decoding: answer.body, as: UTF8.self))
  }

  var adminToken: String {
    String((FileContent.text("\(home)/state/stream-\(port).token") ?? "").prefix { $0 != "\n" })
  }

  func quote(_ symbol: String, _ price: String, _ more: String = "") {
    child.write(
      #"{"type":"quote","symbol":"\#(symbol)","ts":"2024-03-01T15:00:00Z","price":\#(price)\#(more)}"# + "\n")
  }
}

/// A client over WebSocket.
final class Peer {
  let client: WebSocketClient
  private(set) var closed: (code: UInt16?, reason: String)?
  init(_ client: WebSocketClient) { self.client = client }

  /// The next message that is no heartbeat; nil at the end, or if nothing comes.
  func next(within seconds: Double = 10) -> JSONValue? {
    while closed == nil {
      switch client.next(within: seconds) {
      case .message(let text, _):
        let value = try? JSONValue.parse(text)
        if value?["type"]?.string != "heartbeat" || value?["message"] != nil { return value }
      case .silence: return nil
      case .closed(let code, let reason): closed = (code?.rawValue, reason)
      }
    }
    return nil
  }

  /// Sends a message and returns the first answer of a type.
  func ask(_ text: String, _ type: String = "subscription") throws -> JSONValue {
    try client.send(text)
    while let message = next() { if message["type"]?.string == type { return message } }
    return .null
  }

  /// Subscribes and returns what comes before the end of the snapshot.
  func subscribe(_ text: String) throws -> [JSONValue] {
    _ = try ask(text)
    var before: [JSONValue] = []
    while let message = next(), message["action"]?.string != "snapshot_end" { before.append(message) }
    return before
  }
}

/// The members of a message that most tests look at.
func brief(_ message: JSONValue?) -> String {
  guard let message else { return "nothing" }
  let names = ["type", "symbol", "seq", "current_price", "snapshot", "skipped", "first", "last"]
  return names.compactMap { name in message[name].map { $0.isNull ? "null" : $0.plainText } }.joined(separator: " ")
}

/// A connection that says just what a test wants.
final class RawSocket {
  private let descriptor: Int32

  init(port: Int) throws {
    #if canImport(Glibc)
      descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #else
      descriptor = socket(AF_INET, SOCK_STREAM, 0)
    #endif
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
    let code = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        systemConnect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    #expect(code == 0)
  }

  deinit { systemClose(descriptor) }

  @discardableResult
  func send(_ bytes: [UInt8]) -> Bool { FileContent.write(bytes, to: descriptor) }

  /// What comes next; nil at the end, or if nothing comes.
  func read() -> String? {
    var block = [UInt8](repeating: 0, count: 4096)
    var ready = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard poll(&ready, 1, 10_000) > 0 else { return nil }
    let count = block.withUnsafeMutableBytes { systemRead(descriptor, $0.baseAddress!, $0.count) }
    return count > 0 ? String(decoding: block[..<count], as: UTF8.self) : nil
  }

  /// All that comes until the other side has ended.
  func readAll() -> [UInt8] {
    var all: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 4096)
    while true {
      var ready = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&ready, 1, 10_000) > 0 else { return all }
      let count = block.withUnsafeMutableBytes { systemRead(descriptor, $0.baseAddress!, $0.count) }
      if count <= 0 { return all }
      all += block[..<count]
    }
  }
}
