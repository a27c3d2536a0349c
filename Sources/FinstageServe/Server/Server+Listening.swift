import CPlatform
import FinstageCore
import FinstageProcess
import FinstageSystem

/// Listening, and taking in connections.
extension Server {
  /// Listens at an address of this machine.
  /// - Parameter port: 0 for any that is free.
  /// - Returns: the port.
  package func listen(host: String, port: Int) throws -> Int {
    var hints = addrinfo()
    hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV
    hints.ai_socktype = systemStreamType
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

  func beginListening(_ descriptor: Int32) -> Bool {
    fs_socket_options(descriptor)
    guard systemListen(descriptor) else { return false }
    listeners.append(descriptor)
    return readiness.add(descriptor, reads: true, writes: false)
  }

  static func portAndAddress(_ address: inout sockaddr_storage, _ length: socklen_t) -> (
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

  func accept(_ listener: Int32) {
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

  /// Out of descriptors or memory: no new connections for a second; open ones are not affected.
  func pauseAccepting() {
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
}
