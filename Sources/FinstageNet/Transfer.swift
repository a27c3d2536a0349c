import CCurl
import FinstageCore

/// How long to wait, in seconds.
public struct Timeouts: Sendable {
  public var connect = 10.0
  public var total = 30.0

  public init() {}
}

/// HTTP requests over one libcurl handle, which keeps its connection between requests. Used by one thread.
///
/// TLS is verified, only http and https are spoken, redirects and sizes are bounded.
final class Transfer {
  struct Answer {
    var status: Int
    var body: [UInt8]
    var contentType: String
    /// The address after redirects.
    var address: String
  }

  static let maxBodySize = 64 << 20
  private static let maxRedirects = 5

  private final class Received {
    var body: [UInt8] = []
    var isTooLarge = false
  }

  private let handle: UnsafeMutableRawPointer
  private let userAgent: String

  /// - Parameter userAgent: who we honestly are.
  init(userAgent: String) {
    // Once for the process; later calls only count.
    curl_global_init(Int(CURL_GLOBAL_DEFAULT))
    handle = curl_easy_init()!
    self.userAgent = userAgent
  }

  deinit { curl_easy_cleanup(handle) }

  /// Sends a GET request and waits for the whole answer, whatever its status.
  func get(_ url: String, _ timeouts: Timeouts) throws(FetchFailure) -> Answer {
    let received = Received()
    curl_easy_reset(handle)
    _ = fs_curl_set_string(handle, CURLOPT_URL, url)
    _ = fs_curl_set_string(handle, CURLOPT_USERAGENT, userAgent)
    _ = fs_curl_set_string(handle, CURLOPT_ACCEPT_ENCODING, "gzip")
    _ = fs_curl_set_string(handle, CURLOPT_PROTOCOLS_STR, "http,https")
    _ = fs_curl_set_string(handle, CURLOPT_REDIR_PROTOCOLS_STR, "http,https")
    _ = fs_curl_set_long(handle, CURLOPT_FOLLOWLOCATION, 1)
    _ = fs_curl_set_long(handle, CURLOPT_MAXREDIRS, Transfer.maxRedirects)
    _ = fs_curl_set_long(handle, CURLOPT_NOSIGNAL, 1)
    _ = fs_curl_set_long(handle, CURLOPT_CONNECTTIMEOUT_MS, Int(timeouts.connect * 1000))
    _ = fs_curl_set_long(handle, CURLOPT_TIMEOUT_MS, Int(timeouts.total * 1000))
    _ = fs_curl_set_long(handle, CURLOPT_NOPROGRESS, 0)
    _ = fs_curl_set_progress(handle, { _, _, _, _, _ in Interruption.signal == 0 ? 0 : 1 })
    _ = fs_curl_set_write(
      handle,
      { bytes, size, count, context in
        let received = Unmanaged<Received>.fromOpaque(context!).takeUnretainedValue()
        let length = size * count
        if received.body.count + length > Transfer.maxBodySize {
          received.isTooLarge = true
          return 0
        }
        received.body.append(contentsOf: UnsafeRawBufferPointer(start: bytes, count: length))
        return length
      })
    _ = fs_curl_set_pointer(handle, CURLOPT_WRITEDATA, Unmanaged.passUnretained(received).toOpaque())
    let code = withExtendedLifetime(received) { curl_easy_perform(handle) }
    if Interruption.signal != 0 { throw FetchFailure(.interrupted, "interrupted") }
    if received.isTooLarge {
      throw FetchFailure(.symbol, "the answer is larger than \(Transfer.maxBodySize >> 20) MiB: refused")
    }
    guard code == CURLE_OK else { throw Transfer.failure(code, url, timeouts) }
    var status = 0
    _ = fs_curl_get_long(handle, CURLINFO_RESPONSE_CODE, &status)
    return Answer(
      status: status, body: received.body, contentType: text(CURLINFO_CONTENT_TYPE) ?? "",
      address: text(CURLINFO_EFFECTIVE_URL) ?? url)
  }

  private func text(_ info: CURLINFO) -> String? {
    var pointer: UnsafeMutablePointer<CChar>?
    guard fs_curl_get_string(handle, info, &pointer) == CURLE_OK, let pointer else { return nil }
    return String(cString: pointer)
  }

  private static func failure(_ code: CURLcode, _ url: String, _ timeouts: Timeouts) -> FetchFailure {
    let host = URLText.host(of: url)
    switch code {
    case CURLE_COULDNT_RESOLVE_HOST:
      return FetchFailure(.unavailable, "the host \(host) is unknown (is the network up?)")
    case CURLE_COULDNT_CONNECT:
      return FetchFailure(.unavailable, "no connection to \(host)")
    case CURLE_OPERATION_TIMEDOUT:
      return FetchFailure(
        .unavailable, "no answer from \(host) in time (\(NumberText.string(timeouts.total)) s; see --timeout)")
    case CURLE_TOO_MANY_REDIRECTS:
      return FetchFailure(.unavailable, "\(host) redirects more than \(maxRedirects) times")
    default:
      return FetchFailure(.unavailable, "\(host): \(String(cString: curl_easy_strerror(code)))")
    }
  }
}

/// Text of URLs (RFC 3986).
enum URLText {
  /// A path segment or a query value, with everything but unreserved characters percent-encoded.
  static func encoded(_ text: String) -> String {
    var result = ""
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"):
        result.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let hex = String(byte, radix: 16, uppercase: true)
        result += byte < 16 ? "%0\(hex)" : "%\(hex)"
      }
    }
    return result
  }

  /// The host of an address, with its port.
  static func host(of url: String) -> String {
    var rest = url[...]
    if let scheme = rest.firstRange(of: "://") { rest = rest[scheme.upperBound...] }
    let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    return String(authority.split(separator: "@").last ?? authority)
  }
}
