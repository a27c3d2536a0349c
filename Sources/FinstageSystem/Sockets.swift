// Calls of sockets whose names methods of ours hide.

package func systemListen(_ descriptor: Int32) -> Bool { listen(descriptor, 4096) == 0 }

/// No more bytes are sent; those that are on their way arrive.
package func systemEndSending(_ descriptor: Int32) { _ = shutdown(descriptor, Int32(SHUT_WR)) }

package func systemAccept(
  _ descriptor: Int32, _ address: UnsafeMutablePointer<sockaddr>, _ length: UnsafeMutablePointer<socklen_t>
) -> Int32 { accept(descriptor, address, length) }

package func systemConnect(_ descriptor: Int32, _ address: UnsafePointer<sockaddr>, _ length: socklen_t) -> Int32 {
  connect(descriptor, address, length)
}

/// SOCK_STREAM as a number: its type differs between C libraries.
package var systemStreamType: Int32 {
  #if canImport(Glibc)
    Int32(SOCK_STREAM.rawValue)
  #else
    SOCK_STREAM
  #endif
}
