import CPlatform
import FinstageSystem

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

  private let descriptor: Int32
  private var reader: WebSocketReader
  private var events: [Event] = []
  private var hasClosed = false
  private let buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 64 << 10)

  package static let largestMessage = 16 << 20

  /// Connects, and opens a WebSocket.
  /// - Parameter seconds: for all of it.
  package init(
    _ address: WebSocketAddress, headers: [(String, String)] = [], deflates: Bool = true, within seconds: Double = 15
  ) throws(Failure) {
    let deadline = SystemClock.monotonic + seconds
    descriptor = try ClientSocket.connect(address, deadline)
    reader = WebSocketReader(.client, largestMessage: WebSocketClient.largestMessage, deflates: deflates)
    var random = SystemRandomNumberGenerator()
    let key = (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &random) }
    try ClientSocket.send(
      descriptor,
      WebSocketHandshake.request(
        host: address.authority, path: address.path, key: key, headers: headers, deflates: deflates), deadline)
    let (answer, rest) = try ClientSocket.head(descriptor, deadline)
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

  deinit {
    systemClose(descriptor)
    buffer.deallocate()
  }

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
    for answer in answers { try? ClientSocket.send(descriptor, answer, SystemClock.monotonic + 5) }
  }

  private static func mask() -> UInt32 { UInt32.random(in: .min ... .max) }

  package func send(_ text: String) throws(Failure) {
    try ClientSocket.send(
      descriptor, WebSocketFrame.bytes(.text, Array(text.utf8), mask: WebSocketClient.mask()),
      SystemClock.monotonic + 15)
  }

  package func ping() {
    try? ClientSocket.send(
      descriptor, WebSocketFrame.bytes(.ping, [], mask: WebSocketClient.mask()), SystemClock.monotonic + 5)
  }

  package func close(_ code: CloseCode) {
    try? ClientSocket.send(
      descriptor, WebSocketFrame.close(code, mask: WebSocketClient.mask()), SystemClock.monotonic + 1)
  }

  /// What comes next, waited for. A signal ends the wait.
  package func next(within seconds: Double) -> Event {
    let deadline = SystemClock.monotonic + seconds
    while events.isEmpty {
      let left = deadline - SystemClock.monotonic
      if left <= 0 || Interruption.isRequested { return .silence }
      var ready = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&ready, 1, Int32((left * 1000).rounded(.up))) > 0 else { continue }
      let count = systemRead(descriptor, buffer.baseAddress!, buffer.count)
      if count <= 0 {
        if count < 0, errno == EINTR || errno == EAGAIN { continue }
        return .closed(nil, count == 0 ? "the connection has ended" : systemErrorText(errno))
      }
      take(UnsafeBufferPointer(rebasing: buffer[..<count]))
    }
    return events.removeFirst()
  }

  /// Whether something can be had without waiting.
  package var hasMore: Bool { !events.isEmpty }
}

/// Blocking calls with deadlines on a socket.
enum ClientSocket {
  static func connect(_ address: WebSocketAddress, _ deadline: Double) throws(WebSocketClient.Failure) -> Int32 {
    var hints = addrinfo()
    hints.ai_flags = AI_NUMERICSERV
    #if canImport(Glibc)
      hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    #else
      hints.ai_socktype = SOCK_STREAM
    #endif
    var found: UnsafeMutablePointer<addrinfo>?
    let code = getaddrinfo(address.host, String(address.port), &hints, &found)
    guard code == 0, found != nil else {
      throw .unreachable("\(address.host): \(String(cString: gai_strerror(code)))")
    }
    defer { freeaddrinfo(found) }
    var reason = "no address"
    var next = found
    while let candidate = next {
      next = candidate.pointee.ai_next
      let descriptor = socket(candidate.pointee.ai_family, candidate.pointee.ai_socktype, 0)
      guard descriptor >= 0 else { continue }
      fs_socket_options(descriptor)
      if systemConnect(descriptor, candidate.pointee.ai_addr, candidate.pointee.ai_addrlen) == 0 {
        return descriptor
      }
      if errno == EINPROGRESS, wait(descriptor, POLLOUT, deadline) {
        var code: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &length)
        if code == 0 { return descriptor }
        reason = systemErrorText(code)
      } else {
        reason = errno == EINPROGRESS ? "no answer in time" : systemErrorText(errno)
      }
      systemClose(descriptor)
    }
    throw .unreachable("\(address.authority): \(reason)")
  }

  private static func wait(_ descriptor: Int32, _ events: Int32, _ deadline: Double) -> Bool {
    while true {
      let left = deadline - SystemClock.monotonic
      if left <= 0 || Interruption.isRequested { return false }
      var ready = pollfd(fd: descriptor, events: Int16(events), revents: 0)
      if poll(&ready, 1, Int32(min(left, 3600) * 1000) + 1) > 0 { return true }
    }
  }

  static func send(_ descriptor: Int32, _ bytes: [UInt8], _ deadline: Double) throws(WebSocketClient.Failure) {
    var sent = 0
    while sent < bytes.count {
      let count = bytes.withUnsafeBytes { systemWrite(descriptor, $0.baseAddress! + sent, bytes.count - sent) }
      if count > 0 {
        sent += count
      } else if errno == EAGAIN {
        guard wait(descriptor, POLLOUT, deadline) else { throw .unreachable("the server does not read") }
      } else if errno != EINTR {
        throw .unreachable(systemErrorText(errno))
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
  static func head(_ descriptor: Int32, _ deadline: Double) throws(WebSocketClient.Failure) -> (Answer, [UInt8]) {
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 4096)
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
      guard wait(descriptor, POLLIN, deadline) else { throw .unreachable("no answer in time") }
      let count = block.withUnsafeMutableBytes { systemRead(descriptor, $0.baseAddress!, $0.count) }
      if count > 0 {
        bytes += block[..<count]
      } else if count == 0 || errno != EAGAIN && errno != EINTR {
        throw .unreachable("the connection has ended before an answer")
      }
    }
  }

  static func rest(_ descriptor: Int32, _ bytes: [UInt8], _ length: Int, _ deadline: Double) throws(WebSocketClient
    .Failure) -> [UInt8]
  {
    var bytes = bytes
    var block = [UInt8](repeating: 0, count: 16 << 10)
    while bytes.count < length {
      guard wait(descriptor, POLLIN, deadline) else { throw .unreachable("no answer in time") }
      let count = block.withUnsafeMutableBytes { systemRead(descriptor, $0.baseAddress!, $0.count) }
      if count > 0 {
        bytes += block[..<count]
      } else if count == 0 || errno != EAGAIN && errno != EINTR {
        throw .unreachable("the connection has ended within an answer")
      }
    }
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
    let descriptor = try ClientSocket.connect(address, deadline)
    defer { systemClose(descriptor) }
    var head = "\(method) \(address.path) HTTP/1.1\r\nHost: \(address.authority)\r\nConnection: close\r\n"
    if let token { head += "Authorization: Bearer \(token)\r\n" }
    if !body.isEmpty { head += "Content-Length: \(body.count)\r\nContent-Type: application/json\r\n" }
    try ClientSocket.send(descriptor, Array((head + "\r\n").utf8) + body, deadline)
    let (answer, rest) = try ClientSocket.head(descriptor, deadline)
    let length = answer.header("content-length").flatMap { Int($0) } ?? 0
    guard (0...largestAnswer).contains(length) else { throw .refused("an answer of \(length) bytes") }
    return (answer.status, try ClientSocket.rest(descriptor, rest, length, deadline))
  }
}
