import CCurl

/// A GET request.
public struct HTTPRequest: Sendable, Equatable {
  public var url: String
  /// Header fields beside those that every request has.
  public var headers: [(name: String, value: String)] = []

  public init(url: String) { self.url = url }

  public static func == (a: HTTPRequest, b: HTTPRequest) -> Bool {
    a.url == b.url && a.headers.elementsEqual(b.headers, by: { $0.name == $1.name && $0.value == $1.value })
  }

  var host: String { URLText.host(of: url) }
}

/// A whole answer.
public struct HTTPAnswer: Sendable {
  public var status = 200
  public var body: [UInt8] = []
  public var contentType = ""
  /// The address after redirects.
  public var address = ""
  public var etag: String?
  public var lastModified: String?
  public var cacheControl = CacheControl()
  /// Seconds to wait before asking again, counted from the arrival of the answer.
  public var retryAfter: Double?
  /// Came from the cache, and how old it was then, in seconds.
  public var age: Double?

  public init() {}
}

/// What an answer says about keeping it (RFC 9111, RFC 5861).
public struct CacheControl: Sendable, Equatable {
  public var forbidsStoring = false
  public var forbidsStale = false
  public var staleWhileRevalidate: Double?
  public var staleIfError: Double?

  public init() {}

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
  /// Seconds from the arrival of the answer on. A date counts from the answer's own, so a wrong clock does no harm.
  /// Nil if it is neither.
  static func seconds(_ text: String, date: String?, now: Double) -> Double? {
    let value = text.filter { !$0.isWhitespace }
    if !value.isEmpty, value.utf8.allSatisfy({ $0 &- UInt8(ascii: "0") <= 9 }) {
      return value.utf8.count > 9 ? 1e9 : Double(value)
    }
    let until = curl_getdate(text, nil)
    guard until >= 0 else { return nil }
    let sent = date.map { curl_getdate($0, nil) } ?? -1
    return max(0, Double(until) - (sent >= 0 ? Double(sent) : now))
  }
}
