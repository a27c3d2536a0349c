import CCurl
import FinstageSystem

/// A connection over TLS, which libcurl opens and checks; what goes over it is ours.
package final class SecureWire: ClientWire {
  package let descriptor: Int32
  private let handle: UnsafeMutableRawPointer

  /// Connects, and checks the certificate of the server.
  /// - Parameters:
  ///   - deadline: by the monotonic clock.
  ///   - speaksHTTP: whether the server may be told that; other servers refuse what they do not speak.
  package init(host: String, port: UInt16, deadline: Double, speaksHTTP: Bool = true) throws(WireFailure) {
    _ = SecureWire.isReady
    guard let handle = fs_curl_easy_init() else { throw .unreachable("libcurl has no memory") }
    self.handle = handle
    let name = host.contains(":") ? "[\(host)]" : host
    let left = max(1, Int((deadline - SystemClock.monotonic) * 1000))
    fs_curl_set_string(handle, CURLOPT_URL, "https://\(name):\(port)/")
    fs_curl_set_long(handle, CURLOPT_CONNECT_ONLY, 1)
    fs_curl_set_long(handle, CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
    fs_curl_set_long(handle, CURLOPT_CONNECTTIMEOUT_MS, left)
    fs_curl_set_long(handle, CURLOPT_NOSIGNAL, 1)
    if !speaksHTTP {
      fs_curl_set_long(handle, CURLOPT_SSL_ENABLE_ALPN, 0)
      fs_curl_set_string(handle, CURLOPT_PROXY, "")
    }
    if let file = Environment["SSL_CERT_FILE"] ?? Environment["CURL_CA_BUNDLE"] {
      fs_curl_set_string(handle, CURLOPT_CAINFO, file)
    }
    let code = fs_curl_easy_perform(handle)
    var socket: curl_socket_t = -1
    if code == CURLE_OK { fs_curl_get_socket(handle, CURLINFO_ACTIVESOCKET, &socket) }
    descriptor = socket
    guard code == CURLE_OK, socket >= 0 else {
      let reason = "\(name):\(port): \(String(cString: fs_curl_easy_strerror(code)))"
      fs_curl_easy_cleanup(handle)
      // Neither another try nor time makes a certificate better.
      if code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_CACERT_BADFILE { throw .refused(reason) }
      throw .unreachable(reason)
    }
  }

  deinit { if descriptor >= 0 { fs_curl_easy_cleanup(handle) } }

  private static let isReady: Bool = fs_curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

  package func read(_ buffer: UnsafeMutableRawBufferPointer) -> ReadOutcome {
    var count = 0
    switch fs_curl_easy_recv(handle, buffer.baseAddress!, buffer.count, &count) {
    case CURLE_OK: return count > 0 ? .some(count) : .ended
    case CURLE_AGAIN: return .nothing
    case let code: return .failed(String(cString: fs_curl_easy_strerror(code)))
    }
  }

  package func write(_ bytes: UnsafeRawBufferPointer) -> WriteOutcome {
    var count = 0
    switch fs_curl_easy_send(handle, bytes.baseAddress!, bytes.count, &count) {
    case CURLE_OK: return .some(count)
    case CURLE_AGAIN: return .nothing
    case let code: return .failed(String(cString: fs_curl_easy_strerror(code)))
    }
  }
}
