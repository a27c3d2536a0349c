import CPlatform
import FinstageCore
import FinstageProcess
import FinstageSystem

/// What a server is for. All calls come on the server's thread.
package protocol ServerOwner: AnyObject {
  /// A request that is not the opening of a WebSocket: answer with `Server.send`, or `Server.stream`.
  func answer(_ request: HTTPRequest, _ connection: Connection)
  /// Whether a WebSocket may be opened; the fault is answered instead.
  func admit(_ request: HTTPRequest, _ connection: Connection) throws(HTTPRequest.Fault)
  func opened(_ request: HTTPRequest, _ connection: Connection)
  func received(_ text: [UInt8], isText: Bool, _ connection: Connection)
  func closed(_ connection: Connection)
  /// The most bytes of a body, or of a message of the WebSocket that a request opens; nil for those of the server.
  func largestBody(_ request: HTTPRequest) -> Int?
  func largestMessage(_ request: HTTPRequest) -> Int?
}

extension ServerOwner {
  package func largestBody(_ request: HTTPRequest) -> Int? { nil }
  package func largestMessage(_ request: HTTPRequest) -> Int? { nil }
}

/// Sockets, HTTP and WebSocket on one thread: an event loop over plain records.
package final class Server {
  package struct Limits: Sendable {
    package var connections = 20_000
    package var connectionsPerAddress = 20_000
    package var largestMessage = 64 << 10
    package var largestBody = 64 << 10
    /// Bytes that may wait for a client that goes on asking.
    package var mostQueued = 4 << 20
    /// Seconds for the head of a request.
    package var handshake = 10.0
    /// Seconds between pings; without an answer to three of them a connection is dropped.
    package var heartbeat = 30.0
    /// Addresses of proxies that are believed about their clients.
    package var trustedProxies: Set<String> = []
    package init() {}
  }

  package struct Counts: Sendable {
    package var accepted = 0
    package var refused = 0
    package var faults = 0
    package var timeouts = 0
    package var bytesSent = 0
    package var messagesReceived = 0
  }

  package var limits: Limits
  package private(set) var counts = Counts()
  package weak var owner: (any ServerOwner)?
  package var deflates = false
  /// Whether what is packed for a client may refer to the messages before, which takes memory for each client.
  package var keepsContext = false
  package var protocols: [String] = []

  private let readiness = Readiness()
  private var listeners: [Int32] = []
  /// By descriptor.
  private var connections: [Connection?] = []
  package private(set) var count = 0
  private var perAddress: [String: Int] = [:]
  private var dirty: [Connection] = []
  private var sources: [Int32: () -> Void] = [:]
  private var alwaysReady: [Int32] = []
  private var acceptPausedUntil = 0.0
  private var sweep = 0
  /// The part of a step that is left over.
  private var sweepDebt = 0.0
  private var lastSweep = SystemClock.monotonic
  /// Called about every 10 ms while something is due, and at least every 100 ms.
  package var onTick: ((_ now: Double) -> Void)?
  /// Called for each connection once in a heartbeat.
  package var onHeartbeat: ((Connection) -> Void)?
  package var tickMilliseconds: Int32 = 100
  /// Called in each turn of the loop while `hasWork`, which then does not wait.
  package var onTurn: (() -> Void)?
  package var hasWork = false
  private let buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 64 << 10)
  private(set) package var now = SystemClock.monotonic
  package var isDone = false

  package init(limits: Limits = Limits()) { self.limits = limits }

  deinit {
    for listener in listeners { systemClose(listener) }
    for case let connection? in connections { systemClose(connection.descriptor) }
    buffer.deallocate()
  }

  package var all: some Sequence<Connection> { connections.lazy.compactMap { $0 } }

  // MARK: - Listening

  /// Listens at an address of this machine.
  /// - Parameter port: 0 for any that is free.
  /// - Returns: the port.
  package func listen(host: String, port: Int) throws -> Int {
    var hints = addrinfo()
    hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV
    #if canImport(Glibc)
      hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    #else
      hints.ai_socktype = SOCK_STREAM
    #endif
    var found: UnsafeMutablePointer<addrinfo>?
    let code = getaddrinfo(host, String(port), &hints, &found)
    guard code == 0, let found else {
      throw ToolFailure(
        .usage, "\(host): \(String(cString: gai_strerror(code))) (an address of this machine is needed)")
    }
    defer { freeaddrinfo(found) }
    let descriptor = socket(found.pointee.ai_family, found.pointee.ai_socktype, 0)
    guard descriptor >= 0 else { throw ToolFailure(.io, "no socket: \(systemErrorText(errno))") }
    var on: Int32 = 1
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size))
    guard bind(descriptor, found.pointee.ai_addr, found.pointee.ai_addrlen) == 0, beginListening(descriptor) else {
      let reason = systemErrorText(errno)
      systemClose(descriptor)
      throw ToolFailure(.cannotCreate, "\(host):\(port): \(reason) (is another server there? choose another --port)")
    }
    var bound = sockaddr_storage()
    var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    _ = withUnsafeMutablePointer(to: &bound) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
    }
    return Server.portAndAddress(&bound, length).port
  }

  /// Listens at a socket in the file system, for this user only.
  package func listen(path: String) throws {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else {
      throw ToolFailure(.usage, "\(path): the path of a socket has at most 107 bytes")
    }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    #if canImport(Glibc)
      let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    #else
      let descriptor = socket(AF_UNIX, SOCK_STREAM, 0)
    #endif
    let size = socklen_t(MemoryLayout<sockaddr_un>.size)
    func call(_ function: (Int32, UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Bool {
      withUnsafePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { function(descriptor, $0, size) }
      } == 0
    }
    let mask = umask(0o077)
    defer { umask(mask) }
    var isBound = call { bind($0, $1, $2) }
    if !isBound, errno == EADDRINUSE {
      // A socket that nobody listens at is left over.
      if call({ connect($0, $1, $2) }) { throw ToolFailure(.cannotCreate, "\(path): another server listens there") }
      unlink(path)
      isBound = call { bind($0, $1, $2) }
    }
    guard isBound, beginListening(descriptor) else {
      let reason = systemErrorText(errno)
      systemClose(descriptor)
      throw ToolFailure(.cannotCreate, "\(path): \(reason)")
    }
  }

  private func beginListening(_ descriptor: Int32) -> Bool {
    fs_socket_options(descriptor)
    guard systemListen(descriptor) else { return false }
    listeners.append(descriptor)
    return readiness.add(descriptor, reads: true, writes: false)
  }

  private static func portAndAddress(_ address: inout sockaddr_storage, _ length: socklen_t) -> (
    port: Int, address: String
  ) {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 1024 + 32) { text in
      let host = text.baseAddress!
      let service = host + 1024
      let code = withUnsafePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          getnameinfo($0, length, host, 1024, service, 32, NI_NUMERICHOST | NI_NUMERICSERV)
        }
      }
      return code == 0 ? (Int(String(cString: service)) ?? 0, String(cString: host)) : (0, "unix")
    }
  }

  private func accept(_ listener: Int32) {
    for _ in 0..<64 {
      var address = sockaddr_storage()
      var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
      let descriptor = withUnsafeMutablePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { systemAccept(listener, $0, &length) }
      }
      guard descriptor >= 0 else {
        if errno == EMFILE || errno == ENFILE || errno == ENOMEM || errno == ENOBUFS { pauseAccepting() }
        return
      }
      fs_socket_options(descriptor)
      let name = address.ss_family == sa_family_t(AF_UNIX) ? "unix" : Server.portAndAddress(&address, length).address
      guard count < limits.connections,
        limits.trustedProxies.contains(name) || perAddress[name, default: 0] < limits.connectionsPerAddress
      else {
        counts.refused += 1
        let answer = HTTPAnswer.bytes(
          503, headers: [("Retry-After", "5")], Array("too many connections\n".utf8), closes: true)
        _ = answer.withUnsafeBytes { write(descriptor, $0.baseAddress!, $0.count) }
        systemClose(descriptor)
        continue
      }
      let connection = Connection(descriptor, address: name, now: now)
      if Int(descriptor) >= connections.count {
        connections += [Connection?](
          repeating: nil, count: max(Int(descriptor) + 1 - connections.count, connections.count))
      }
      connections[Int(descriptor)] = connection
      count += 1
      perAddress[name, default: 0] += 1
      counts.accepted += 1
      _ = readiness.add(descriptor, reads: true, writes: false)
    }
  }

  /// Out of descriptors or memory: nobody new for a second, and nobody who is there is harmed.
  private func pauseAccepting() {
    acceptPausedUntil = now + 1
    for listener in listeners { readiness.change(listener, reads: false, writes: false) }
  }

  /// No new connections from now on.
  package func stopListening() {
    for listener in listeners {
      readiness.remove(listener)
      systemClose(listener)
    }
    listeners = []
  }

  // MARK: - The loop

  /// Calls an action when a descriptor is readable. A regular file always is.
  package func watch(_ descriptor: Int32, _ action: @escaping () -> Void) {
    sources[descriptor] = action
    if !readiness.add(descriptor, reads: true, writes: false) { alwaysReady.append(descriptor) }
  }

  package func unwatch(_ descriptor: Int32) {
    sources[descriptor] = nil
    if let place = alwaysReady.firstIndex(of: descriptor) {
      alwaysReady.remove(at: place)
    } else {
      readiness.remove(descriptor)
    }
  }

  package func run() {
    var nextTick = 0.0
    while !isDone {
      now = SystemClock.monotonic
      let until = max(0, Int32(((nextTick - now) * 1000).rounded(.up)))
      readiness.wait(milliseconds: alwaysReady.isEmpty && !hasWork ? min(until, tickMilliseconds) : 0) {
        descriptor, reads, writes in
        ready(descriptor, reads, writes)
      }
      now = SystemClock.monotonic
      for descriptor in alwaysReady { sources[descriptor]?() }
      if hasWork { onTurn?() }
      flushDirty()
      if now >= nextTick {
        nextTick = now + Double(tickMilliseconds) / 1000
        sweepConnections()
        onTick?(now)
        flushDirty()
      }
    }
  }

  private func ready(_ descriptor: Int32, _ reads: Bool, _ writes: Bool) {
    if Int(descriptor) < connections.count, let connection = connections[Int(descriptor)] {
      if writes { flush(connection) }
      if reads, !connection.isClosed { read(connection) }
    } else if listeners.contains(descriptor) {
      accept(descriptor)
    } else {
      sources[descriptor]?()
    }
  }

  private func sweepConnections() {
    if acceptPausedUntil > 0, now >= acceptPausedUntil {
      acceptPausedUntil = 0
      for listener in listeners { readiness.change(listener, reads: true, writes: false) }
    }
    guard !connections.isEmpty else { return }
    // The whole table is gone through once in a heartbeat, evenly: one timer for all of them.
    sweepDebt += Double(connections.count) * (now - lastSweep) / limits.heartbeat
    let steps = min(connections.count, Int(sweepDebt))
    sweepDebt -= sweepDebt.rounded(.down)
    lastSweep = now
    for _ in 0..<steps {
      if sweep + 1 >= connections.count { sweep = -1 }
      sweep += 1
      guard let connection = connections[sweep] else { continue }
      // Nothing comes from those who listen to events; they are silent if they do not read.
      let isSilent = connection.mode == .webSocket || connection.mode == .events && connection.waitsForRoom
      if isSilent, now - connection.lastHeard > limits.heartbeat * 3.5 {
        counts.timeouts += 1
        drop(connection)
      } else {
        onHeartbeat?(connection)
      }
    }
    if now - lastDeadlines > 1 {
      lastDeadlines = now
      for case let connection? in connections where connection.mode == .http || connection.mode == .ending {
        if now - connection.lastHeard > limits.handshake {
          counts.timeouts += 1
          drop(connection)
        }
      }
    }
  }
  private var lastDeadlines = 0.0

  // MARK: - Reading

  private func read(_ connection: Connection) {
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

  private func takeRequests(_ connection: Connection) {
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
          if request.has("close", in: "connection"), connection.mode == .http { end(connection) }
        }
      } catch {
        refuse(error, connection)
      }
    }
  }

  /// Behind a proxy, the client's address is what the proxy says; the addresses in front of that anybody could have written.
  private func noteForwarding(_ request: HTTPRequest, _ connection: Connection) throws(HTTPRequest.Fault) {
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

  private func isHexadecimal(_ byte: UInt8) -> Bool {
    byte &- 0x30 <= 9 || byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "f")
  }

  private func leaveAddress(_ connection: Connection) {
    let left = perAddress[connection.address, default: 1] - 1
    perAddress[connection.address] = left > 0 ? left : nil
  }

  private func refuse(_ fault: HTTPRequest.Fault, _ connection: Connection) {
    counts.faults += 1
    let headers = fault.status == 426 ? [("Sec-WebSocket-Version", "13"), ("Upgrade", "websocket")] : []
    send(
      HTTPAnswer.bytes(fault.status, headers: headers, Array((fault.reason + "\n").utf8), closes: true), connection)
    end(connection)
  }

  private func upgrade(_ request: HTTPRequest, _ connection: Connection) throws(HTTPRequest.Fault) {
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

  private func receive(_ bytes: UnsafeBufferPointer<UInt8>, _ connection: Connection) {
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

  // MARK: - Sending

  package func send(_ bytes: [UInt8], _ connection: Connection) { send(SharedBytes(bytes), connection) }

  /// Queues bytes; they leave with everything else that is queued before the loop waits again.
  package func send(_ piece: SharedBytes, _ connection: Connection) {
    guard !connection.isClosed, !piece.bytes.isEmpty else { return }
    connection.append(piece)
    guard !connection.isDirty else { return }
    connection.isDirty = true
    dirty.append(connection)
  }

  /// Sends what is queued at once, as far as the client takes it.
  package func sendNow(_ connection: Connection) {
    if !connection.waitsForRoom { flush(connection) }
  }

  /// Goes on with an answer that has no end.
  package func stream(_ head: [UInt8], _ connection: Connection) {
    send(head, connection)
    connection.mode = .events
  }

  private func flushDirty() {
    while !dirty.isEmpty {
      let batch = dirty
      dirty = []
      for connection in batch {
        connection.isDirty = false
        flush(connection)
      }
    }
  }

  private func flush(_ connection: Connection) {
    guard !connection.isClosed else { return }
    let before = connection.queuedBytes
    switch connection.flush() {
    case .done:
      counts.bytesSent += before - connection.queuedBytes
      if connection.mode == .events { connection.lastHeard = now }
      if connection.waitsForRoom {
        connection.waitsForRoom = false
        readiness.change(connection.descriptor, reads: true, writes: false)
        onRoom?(connection)
      }
      if connection.mode == .ending { finishEnding(connection) }
    case .waits:
      counts.bytesSent += before - connection.queuedBytes
      connection.trim()
      if !connection.waitsForRoom {
        connection.waitsForRoom = true
        readiness.change(connection.descriptor, reads: true, writes: true)
      }
    case .broken: drop(connection)
    }
  }

  /// Called when everything that waited for a slow client has left.
  package var onRoom: ((Connection) -> Void)?

  /// Closes a WebSocket with a code and a reason, and any other connection as it is.
  package func close(_ connection: Connection, _ code: CloseCode, _ reason: String) {
    if connection.mode == .webSocket { send(WebSocketFrame.close(code, reason), connection) }
    end(connection)
  }

  /// Closes without what is still queued, but with a reason if there is room for it.
  package func drop(_ connection: Connection, _ code: CloseCode, _ reason: String) {
    if connection.mode == .webSocket { connection.forgetQueue(keeping: WebSocketFrame.close(code, reason)) }
    end(connection)
  }

  /// Closes once everything queued has left.
  package func end(_ connection: Connection) {
    guard connection.mode != .ending, !connection.isClosed else { return }
    connection.mode = .ending
    connection.lastHeard = now
    owner?.closed(connection)
    connection.subscriber = nil
    if !connection.isDirty, !connection.waitsForRoom { finishEnding(connection) }
  }

  /// Nothing more is written; the peer closes, or the deadline does.
  private func finishEnding(_ connection: Connection) {
    systemEndSending(connection.descriptor)
  }

  /// Closes at once.
  package func drop(_ connection: Connection) {
    guard !connection.isClosed else { return }
    if connection.mode != .ending { owner?.closed(connection) }
    connection.isClosed = true
    connection.subscriber = nil
    readiness.remove(connection.descriptor)
    systemClose(connection.descriptor)
    connections[Int(connection.descriptor)] = nil
    count -= 1
    leaveAddress(connection)
  }
}
