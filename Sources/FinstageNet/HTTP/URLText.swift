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

  /// An address without the password of `user:password@host`.
  static func withoutPassword(_ url: String) -> String {
    guard let scheme = url.firstRange(of: "://") else { return url }
    let authority = url[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    guard let at = authority.lastIndex(of: "@"), let colon = authority[..<at].firstIndex(of: ":") else { return url }
    return String(url[..<colon]) + url[at...]
  }

  /// The host of an address, with its port.
  static func host(of url: String) -> String {
    var rest = url[...]
    if let scheme = rest.firstRange(of: "://") { rest = rest[scheme.upperBound...] }
    let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    return String(authority.split(separator: "@").last ?? authority)
  }

  static func isEncrypted(_ url: String) -> Bool { url.prefix(8).lowercased() == "https://" }

  /// Scheme, host and port; the usual port counts as named.
  static func origin(of url: String) -> String {
    let host = host(of: url).lowercased()
    let hasPort = host.last != "]" && host.drop { $0 != "]" }.isEmpty ? host.contains(":") : !host.hasSuffix("]")
    let scheme = isEncrypted(url) ? "https" : "http"
    return "\(scheme)://\(host)" + (hasPort ? "" : scheme == "https" ? ":443" : ":80")
  }

  /// Whether an address leads to this machine by its very name.
  static func isLoopback(_ url: String) -> Bool {
    let host = host(of: url).lowercased()
    if host.hasPrefix("[::1]") { return true }
    let name = host.prefix { $0 != ":" }
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    return name == "localhost" || parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
  }
}
