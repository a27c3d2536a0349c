import CCurl
import FinstageCore
import FinstageSystem
import Synchronization

/// How long to wait, in seconds.
package struct Timeouts: Sendable {
  package var connect = 10.0
  /// Without receiving a byte.
  package var idle = 20.0
  package var total = 30.0

  package init() {}
}

/// The bytes of all answers that are on their way.
private final class BodyBudget: Sendable {
  static let size = 128 << 20
  private let left = Mutex(BodyBudget.size)

  func take(_ count: Int) -> Bool {
    left.withLock { left in
      guard count <= left else { return false }
      left -= count
      return true
    }
  }

  func give(_ count: Int) { left.withLock { $0 += count } }
}

/// One request on one libcurl handle. Used by the thread of its loop.
///
/// TLS is verified, only http and https are spoken; redirects, header and body sizes are bounded. A handle is used again for
/// further requests; connections belong to the loop.
final class Transfer {
  static let maxBodySize = 16 << 20
  fileprivate static let inFlight = BodyBudget()
  private static let maxHeaderSize = 256 << 10
  private static let maxRedirects = 5
  /// The statuses that lead to another address (RFC 9110, section 15.4).
  private static let redirections: Set<Int> = [301, 302, 303, 307, 308]
  private static let userAgent = "finstage/0.1.0 (market data for Unix pipes)"

  /// What libcurl's callbacks write into.
  private final class Received {
    var body: [UInt8] = []
    var headers: [(name: String, value: String)] = []
    var headerSize = 0
    var overflow: String?
    /// How much is wanted, and whether there was more.
    var limit: Int?
    var isCut = false
    /// Whether other answers have taken all memory for answers.
    var isCrowded = false
    /// Whether an address of a chain of redirects was of https.
    var wasEncrypted = false
    /// What this answer has of the common budget.
    private var held = 0

    /// Gives its part of the budget back.
    func release() {
      Transfer.inFlight.give(held)
      held = 0
    }

    deinit { release() }

    func header(_ bytes: UnsafeRawBufferPointer) -> Bool {
      headerSize += bytes.count
      if headerSize > Transfer.maxHeaderSize {
        overflow = "the header of the answer is larger than \(Transfer.maxHeaderSize >> 10) KiB: refused"
        return false
      }
      let line = String(decoding: bytes, as: UTF8.self)
      if line.hasPrefix("HTTP/") {
        headers.removeAll()  // the next answer in a chain of redirects
        body.removeAll()
      } else if let colon = line.firstIndex(of: ":") {
        let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
        let name = line[..<colon].lowercased()
        headers.append((name, String(value.prefix { !$0.isNewline })))
        if name == "location" {
          if wasEncrypted, value.prefix(7).lowercased() == "http://" {
            overflow = "a redirect leads from https to http: refused"
            return false
          }
          wasEncrypted = wasEncrypted || URLText.isEncrypted(String(value))
        }
      }
      return true
    }

    func take(_ bytes: UnsafeRawBufferPointer) -> Bool {
      if !Transfer.inFlight.take(bytes.count) {
        isCrowded = true
        return false
      }
      held += bytes.count
      if let limit, body.count + bytes.count > limit {
        body.append(contentsOf: bytes.prefix(limit - body.count))
        isCut = true
        return false
      }
      if body.count + bytes.count > Transfer.maxBodySize {
        overflow = "the answer is larger than \(Transfer.maxBodySize >> 20) MiB: refused"
        return false
      }
      body.append(contentsOf: bytes)
      return true
    }
  }

  let handle: UnsafeMutableRawPointer
  private let received = Received()
  private var headerList: UnsafeMutablePointer<curl_slist>?
  private var request = HTTPRequest(url: "")
  private var timeouts = Timeouts()
  /// How many redirects this object has followed by itself.
  private var redirects = 0

  /// libcurl's own description of a failure.
  private let errorText = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))

  private let secrets: Secrets

  init(_ secrets: Secrets) {
    self.secrets = secrets
    handle = fs_curl_easy_init()!
  }

  deinit {
    fs_curl_slist_free_all(headerList)
    fs_curl_easy_cleanup(handle)
    errorText.deallocate()
  }

  /// Prepares the handle for a request; validators of an older answer make the request conditional.
  func prepare(_ request: HTTPRequest, etag: String?, lastModified: String?, _ timeouts: Timeouts) {
    self.request = request
    redirects = 0
    var timeouts = timeouts
    if let deadline = request.deadline { timeouts.total = min(timeouts.total, deadline) }
    self.timeouts = timeouts
    received.release()
    received.body = []
    received.headers = []
    received.headerSize = 0
    received.overflow = nil
    received.isCrowded = false
    received.limit = request.answerLimit
    received.isCut = false
    received.wasEncrypted = false
    fs_curl_slist_free_all(headerList)
    headerList = nil
    for header in request.headers { add(secrets.filled(header: "\(header.name): \(header.value)")) }
    if let etag { add("If-None-Match: \(etag)") }
    if let lastModified { add("If-Modified-Since: \(lastModified)") }

    fs_curl_easy_reset(handle)
    _ = fs_curl_set_string(handle, CURLOPT_URL, secrets.filled(url: request.url))
    errorText[0] = 0
    _ = fs_curl_set_pointer(handle, CURLOPT_ERRORBUFFER, errorText)
    if let file = Trust.file { _ = fs_curl_set_string(handle, CURLOPT_CAINFO, file) }
    if let folder = Trust.folder { _ = fs_curl_set_string(handle, CURLOPT_CAPATH, folder) }
    _ = fs_curl_set_string(handle, CURLOPT_USERAGENT, Transfer.userAgent)
    _ = fs_curl_set_string(handle, CURLOPT_ACCEPT_ENCODING, "gzip")
    _ = fs_curl_set_string(handle, CURLOPT_PROTOCOLS_STR, "http,https")
    // Never from https to http: what comes in clear must not be kept under a name that promises more.
    _ = fs_curl_set_string(
      handle, CURLOPT_REDIR_PROTOCOLS_STR, URLText.isEncrypted(request.url) ? "https" : "http,https")
    _ = fs_curl_set_long(handle, CURLOPT_FOLLOWLOCATION, request.hasSecret || !request.followsRedirects ? 0 : 1)
    // No proxy is on the way to this machine, and none is to see a key.
    if URLText.isLoopback(request.url) { _ = fs_curl_set_string(handle, CURLOPT_NOPROXY, "*") }
    _ = fs_curl_set_long(handle, CURLOPT_MAXREDIRS, Transfer.maxRedirects)
    _ = fs_curl_set_long(handle, CURLOPT_NOSIGNAL, 1)
    _ = fs_curl_set_long(handle, CURLOPT_CONNECTTIMEOUT_MS, Int(timeouts.connect * 1000))
    _ = fs_curl_set_long(handle, CURLOPT_TIMEOUT_MS, Int(timeouts.total * 1000))
    // A connection that is slower than one byte a second for this long is dead.
    _ = fs_curl_set_long(handle, CURLOPT_LOW_SPEED_LIMIT, 1)
    _ = fs_curl_set_long(handle, CURLOPT_LOW_SPEED_TIME, max(1, Int(timeouts.idle)))
    if let headerList { _ = fs_curl_set_pointer(handle, CURLOPT_HTTPHEADER, headerList) }
    setMethod()
    let context = Unmanaged.passUnretained(received).toOpaque()
    _ = fs_curl_set_receiver(
      handle, CURLOPT_WRITEFUNCTION,
      { bytes, size, count, context in
        let received = Unmanaged<Received>.fromOpaque(context!).takeUnretainedValue()
        return received.take(UnsafeRawBufferPointer(start: bytes, count: size * count)) ? size * count : 0
      })
    _ = fs_curl_set_pointer(handle, CURLOPT_WRITEDATA, context)
    _ = fs_curl_set_receiver(
      handle, CURLOPT_HEADERFUNCTION,
      { bytes, size, count, context in
        let received = Unmanaged<Received>.fromOpaque(context!).takeUnretainedValue()
        return received.header(UnsafeRawBufferPointer(start: bytes, count: size * count)) ? size * count : 0
      })
    _ = fs_curl_set_pointer(handle, CURLOPT_HEADERDATA, context)
  }

  private func setMethod() {
    switch request.method {
    case .get: return
    case .head: _ = fs_curl_set_long(handle, CURLOPT_NOBODY, 1)
    default:
      // libcurl takes a copy, as long as it knows the size before.
      _ = fs_curl_set_long(handle, CURLOPT_POSTFIELDSIZE, request.body.count)
      request.body.withUnsafeBytes { body in
        let start = UnsafeMutableRawPointer(mutating: body.baseAddress ?? UnsafeRawPointer(errorText))
        _ = fs_curl_set_pointer(handle, CURLOPT_COPYPOSTFIELDS, start)
      }
      if request.method != .post { _ = fs_curl_set_string(handle, CURLOPT_CUSTOMREQUEST, request.method.rawValue) }
    }
  }

  private func add(_ line: String) { headerList = fs_curl_slist_append(headerList, line) }

  /// Follows a redirect of a request with a key, if it leads to the same scheme, host and port. Returns false if there is nothing to
  /// follow.
  func followsItself() -> Bool {
    var status = 0
    _ = fs_curl_get_long(handle, CURLINFO_RESPONSE_CODE, &status)
    guard request.hasSecret, [.get, .head].contains(request.method), Transfer.redirections.contains(status),
      received.overflow == nil,
      redirects < Transfer.maxRedirects, let target = text(CURLINFO_REDIRECT_URL),
      URLText.origin(of: target) == URLText.origin(of: request.url)
    else { return false }
    redirects += 1
    received.body = []
    received.release()
    _ = fs_curl_set_string(handle, CURLOPT_URL, target)
    return true
  }

  /// The answer of a completed transfer.
  func answer(_ code: CURLcode) throws(FetchFailure) -> HTTPAnswer {
    defer {
      received.body = []
      received.release()
    }
    if received.isCrowded {
      throw FetchFailure(
        .unavailable, "the answers on their way are larger than \(BodyBudget.size >> 20) MiB together", remedy: .again)
    }
    if let overflow = received.overflow { throw FetchFailure(.symbol, overflow) }
    guard code == CURLE_OK || received.isCut else { throw failure(code) }
    var answer = HTTPAnswer()
    _ = fs_curl_get_long(handle, CURLINFO_RESPONSE_CODE, &answer.status)
    answer.body = received.body
    answer.address = text(CURLINFO_EFFECTIVE_URL).map(secrets.removed) ?? request.url
    func header(_ name: String) -> String? { received.headers.last { $0.name == name }?.value }
    if request.hasSecret, Transfer.redirections.contains(answer.status), let target = header("location") {
      throw FetchFailure(
        .unavailable,
        "\(request.host) redirects to \(secrets.removed(from: target)): a key is not sent on (name that address if it is right)",
        remedy: .leaveHost)
    }
    answer.contentType = header("content-type")?.lowercased() ?? ""
    answer.etag = header("etag")
    answer.lastModified = header("last-modified")
    answer.cacheControl = CacheControl(header("cache-control") ?? "")
    answer.retryAfter = header("retry-after").flatMap {
      RetryAfter.seconds($0, date: header("date"), now: SystemClock.wall)
    }
    return answer
  }

  private func text(_ info: CURLINFO) -> String? {
    var pointer: UnsafeMutablePointer<CChar>?
    guard fs_curl_get_string(handle, info, &pointer) == CURLE_OK, let pointer else { return nil }
    return String(cString: pointer)
  }

  private func failure(_ code: CURLcode) -> FetchFailure {
    let host = request.host
    let words = String(cString: errorText)
    if words.contains("CONNECT tunnel failed") {
      let status = words.split(separator: " ").last.map(String.init) ?? ""
      return FetchFailure(
        .unavailable,
        "the proxy on the way to \(host) refuses (HTTP \(status)"
          + (status == "407" ? "): it asks for a user and a password (https_proxy=http://USER:PASSWORD@PROXY)" : ")"),
        remedy: .leaveHost)
    }
    switch code {
    case CURLE_COULDNT_RESOLVE_PROXY:
      return FetchFailure(
        .unavailable, "the proxy on the way to \(host) is unknown (see https_proxy)", remedy: .leaveHost)
    case CURLE_COULDNT_CONNECT
    where !words.contains(host.prefix { $0 != ":" }) && words.hasPrefix("Failed to connect to "):
      let proxy = words.dropFirst(21).prefix { $0 != " " }
      return FetchFailure(
        .unavailable, "no connection to the proxy \(proxy) on the way to \(host) (see https_proxy)", remedy: .again,
        cause: .host)
    case CURLE_COULDNT_RESOLVE_HOST:
      return FetchFailure(
        .unavailable, "cannot find the host \(host) (is the network up?)", remedy: .again, cause: .host)
    case CURLE_COULDNT_CONNECT:
      return FetchFailure(.unavailable, "no connection to \(host)", remedy: .again, cause: .host)
    case CURLE_OPERATION_TIMEDOUT:
      return FetchFailure(
        .unavailable, "no answer from \(host) in time (\(NumberText.string(timeouts.total)) s; see --timeout)",
        remedy: .again, cause: .host)
    case CURLE_TOO_MANY_REDIRECTS:
      return FetchFailure(.unavailable, "\(host) redirects more than \(Transfer.maxRedirects) times")
    case CURLE_UNSUPPORTED_PROTOCOL:
      return FetchFailure(
        .unavailable,
        URLText.isEncrypted(request.url)
          ? "\(host) redirects to an address that is not https: refused"
          : "\(host) redirects to an address that is not http or https: refused")
    case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE:
      return FetchFailure(.unavailable, "\(host): \(Trust.explanation(String(cString: errorText)))")
    case CURLE_BAD_CONTENT_ENCODING:
      return FetchFailure(.unavailable, "\(host): cannot decompress the answer", remedy: .again)
    default:
      let isPassing = [
        CURLE_PARTIAL_FILE, CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_GOT_NOTHING, CURLE_HTTP2, CURLE_HTTP2_STREAM,
        CURLE_SSL_CONNECT_ERROR, CURLE_WEIRD_SERVER_REPLY, CURLE_WRITE_ERROR,
      ].contains(code)
      return FetchFailure(
        .unavailable, "\(host): \(String(cString: fs_curl_easy_strerror(code)))", remedy: isPassing ? .again : .none,
        cause: code == CURLE_PARTIAL_FILE ? .answer : .host)
    }
  }
}
