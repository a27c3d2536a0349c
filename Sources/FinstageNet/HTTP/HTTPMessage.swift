import CCurl
import FinstageSystem

/// A request.
package struct HTTPRequest: Sendable, Equatable {
  /// The methods of RFC 9110, section 9, that services use.
  package enum Method: String, Sendable {
    case get = "GET"
    case head = "HEAD"
    case post = "POST"
    case put = "PUT"
    case patch = "PATCH"
    case delete = "DELETE"

    /// Whether sending it twice does no more than sending it once.
    package var isIdempotent: Bool {
      switch self {
      case .get, .head, .put, .delete: true
      case .post, .patch: false
      }
    }
  }

  package var method: Method
  package var url: String
  /// Header fields in addition to those of every request.
  package var headers: [(name: String, value: String)]
  package var body: [UInt8]
  /// Seconds for the whole exchange; nil for what the run allows.
  package var deadline: Double?
  /// Whether it may be sent again after a failure that leaves open whether it has arrived.
  package var mayRepeat: Bool
  /// Whether it goes on to the address that an answer names.
  package var followsRedirects = true
  /// The most bytes of an answer that are wanted: the rest is not waited for. Nil for all, up to the bound of any answer.
  package var answerLimit: Int?
  /// What is asked for, where the address says it in other words each day: answers are kept under this name.
  package var question: String?

  package init(
    _ method: Method = .get, url: String, headers: [(name: String, value: String)] = [], body: [UInt8] = [],
    deadline: Double? = nil, mayRepeat: Bool? = nil
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.deadline = deadline
    self.mayRepeat = mayRepeat ?? method.isIdempotent
  }

  package static func == (a: HTTPRequest, b: HTTPRequest) -> Bool {
    a.method == b.method && a.url == b.url && a.body == b.body && a.deadline == b.deadline
      && a.mayRepeat == b.mayRepeat
      && a.headers.elementsEqual(b.headers, by: { $0.name == $1.name && $0.value == $1.value })
  }

  var host: String { URLText.host(of: url) }
  /// The name under which answers are kept: without a password, and with the header fields only as a hash.
  var name: String {
    let address = URLText.withoutPassword(question ?? url)
    if headers.isEmpty { return address }
    return address + " " + StableHash(headers.map { "\($0.name.lowercased()): \($0.value)\n" }.joined()).text
  }
  /// Whether the address or a header field has a key in it, which no other host must see.
  var hasSecret: Bool { Secrets.isWanted(in: url) || headers.contains { Secrets.isWanted(in: $0.value) } }
  /// Whether the same address always asks for the same.
  var isCacheable: Bool { method == .get && body.isEmpty }
}

/// A complete answer.
package struct HTTPAnswer: Sendable {
  package var status = 200
  package var body: [UInt8] = []
  package var contentType = ""
  /// The address after redirects.
  package var address = ""
  package var etag: String?
  package var lastModified: String?
  package var cacheControl = CacheControl()
  /// Seconds to wait before asking again, counted from the arrival of the answer.
  package var retryAfter: Double?
  /// The age in seconds of an answer from the cache; nil for an answer from the network.
  package var age: Double?

  package init() {}
}

/// What an answer says about caching it (RFC 9111, RFC 5861).
package struct CacheControl: Sendable, Equatable {
  package var forbidsStoring = false
  package var forbidsStale = false
  package var staleWhileRevalidate: Double?
  package var staleIfError: Double?

  package init() {}

  init(_ text: String) {
    for part in text.split(separator: ",") {
      let pair = part.split(separator: "=", maxSplits: 1)
      let name = (pair.first ?? "").filter { !$0.isWhitespace }.lowercased()
      let seconds = pair.count > 1 ? Double(pair[1].filter { $0.isNumber }) : nil
      switch name {
      case "no-store": forbidsStoring = true
      case "must-revalidate", "proxy-revalidate", "no-cache": forbidsStale = true
      case "stale-while-revalidate": staleWhileRevalidate = seconds.map { min($0, 86_400) }
      case "stale-if-error": staleIfError = seconds.map { min($0, 30 * 86_400) }
      default: break
      }
    }
  }
}

/// The value of `Retry-After`: seconds, or a date (RFC 9110, section 10.2.3).
enum RetryAfter {
  /// Seconds to wait, counted from the arrival of the answer; nil if the text is neither. A date is compared with the
  /// answer's own date, if there is one, so that a wrong local clock does no harm.
  static func seconds(_ text: String, date: String?, now: Double) -> Double? {
    let value = text.filter { !$0.isWhitespace }
    if !value.isEmpty, value.utf8.allSatisfy({ $0 &- UInt8(ascii: "0") <= 9 }) {
      return value.utf8.count > 9 ? 1e9 : Double(value)
    }
    let until = fs_curl_getdate(text, nil)
    guard until >= 0 else { return nil }
    let sent = date.map { fs_curl_getdate($0, nil) } ?? -1
    return max(0, Double(until) - (sent >= 0 ? Double(sent) : now))
  }
}
