import CPlatform
import FinstageSystem

/// What a connection of a client goes over. Used by one thread.
protocol ClientWire: AnyObject {
  /// For `poll`.
  var descriptor: Int32 { get }
  func read(_ buffer: UnsafeMutableRawBufferPointer) -> ReadOutcome
  func write(_ bytes: UnsafeRawBufferPointer) -> WriteOutcome
}

enum ReadOutcome {
  case some(Int)
  /// Nothing at present.
  case nothing
  case ended
  case failed(String)
}

enum WriteOutcome {
  case some(Int)
  /// No room at present.
  case nothing
  case failed(String)
}

/// A socket as it is.
final class PlainWire: ClientWire {
  let descriptor: Int32

  init(_ address: WebSocketAddress, _ deadline: Double) throws(WebSocketClient.Failure) {
    descriptor = try PlainWire.connect(address, deadline)
  }

  deinit { systemClose(descriptor) }

  func read(_ buffer: UnsafeMutableRawBufferPointer) -> ReadOutcome {
    let count = systemRead(descriptor, buffer.baseAddress!, buffer.count)
    if count > 0 { return .some(count) }
    if count == 0 { return .ended }
    return errno == EAGAIN || errno == EINTR ? .nothing : .failed(systemErrorText(errno))
  }

  func write(_ bytes: UnsafeRawBufferPointer) -> WriteOutcome {
    let count = systemWrite(descriptor, bytes.baseAddress!, bytes.count)
    if count >= 0 { return .some(count) }
    return errno == EAGAIN || errno == EINTR ? .nothing : .failed(systemErrorText(errno))
  }

  private static func connect(_ address: WebSocketAddress, _ deadline: Double) throws(WebSocketClient.Failure) -> Int32
  {
    var hints = addrinfo()
    hints.ai_flags = AI_NUMERICSERV
    hints.ai_socktype = systemStreamType
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
      if errno == EINPROGRESS, ClientConnection.wait(descriptor, POLLOUT, deadline) {
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

}
