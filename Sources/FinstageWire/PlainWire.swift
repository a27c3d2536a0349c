import CPlatform
import FinstageSystem

/// A socket as it is.
package final class PlainWire: ClientWire {
  package let descriptor: Int32

  /// Connects.
  /// - Parameter deadline: by the monotonic clock.
  package init(host: String, port: UInt16, deadline: Double, stopsOnSignal: Bool = true) throws(WireFailure) {
    descriptor = try PlainWire.connect(host, port, deadline, stopsOnSignal)
  }

  deinit { systemClose(descriptor) }

  package func read(_ buffer: UnsafeMutableRawBufferPointer) -> ReadOutcome {
    let count = systemRead(descriptor, buffer.baseAddress!, buffer.count)
    if count > 0 { return .some(count) }
    if count == 0 { return .ended }
    return errno == EAGAIN || errno == EINTR ? .nothing : .failed(systemErrorText(errno))
  }

  package func write(_ bytes: UnsafeRawBufferPointer) -> WriteOutcome {
    let count = systemWrite(descriptor, bytes.baseAddress!, bytes.count)
    if count >= 0 { return .some(count) }
    return errno == EAGAIN || errno == EINTR ? .nothing : .failed(systemErrorText(errno))
  }

  private static func connect(_ host: String, _ port: UInt16, _ deadline: Double, _ stopsOnSignal: Bool)
    throws(WireFailure)
    -> Int32
  {
    var hints = addrinfo()
    hints.ai_flags = AI_NUMERICSERV
    hints.ai_socktype = systemStreamType
    var found: UnsafeMutablePointer<addrinfo>?
    let code = getaddrinfo(host, String(port), &hints, &found)
    guard code == 0, found != nil else { throw .unreachable("\(host): \(String(cString: gai_strerror(code)))") }
    defer { freeaddrinfo(found) }
    var reason = "no address"
    var next = found
    while let candidate = next {
      next = candidate.pointee.ai_next
      let descriptor = socket(candidate.pointee.ai_family, candidate.pointee.ai_socktype, 0)
      guard descriptor >= 0 else { continue }
      fs_socket_options(descriptor)
      if systemConnect(descriptor, candidate.pointee.ai_addr, candidate.pointee.ai_addrlen) == 0 { return descriptor }
      if errno == EINPROGRESS, waitForWire(descriptor, Int32(POLLOUT), until: deadline, stopsOnSignal: stopsOnSignal) {
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
    throw .unreachable("\(host.contains(":") ? "[\(host)]" : host):\(port): \(reason)")
  }
}
