/// Where a server is: ws://host:port/path or http://host:port/path, or the same with wss: and https:.
package struct WebSocketAddress: Sendable {
  package let host: String
  package let port: Int
  /// With its query.
  package let path: String
  /// Whether TLS is spoken.
  package let isSecure: Bool

  /// The Host header.
  package var authority: String {
    let name = host.contains(":") ? "[\(host)]" : host
    return port == (isSecure ? 443 : 80) ? name : "\(name):\(port)"
  }

  /// Returns nil if the text is not such an address.
  package init?(_ text: String, path defaultPath: String) {
    guard let mark = text.firstRange(of: "://") else { return nil }
    switch text[..<mark.lowerBound] {
    case "ws", "http": isSecure = false
    case "wss", "https": isSecure = true
    default: return nil
    }
    let rest = text[mark.upperBound...]
    let slash = rest.firstIndex { $0 == "/" || $0 == "?" } ?? rest.endIndex
    let authority = rest[..<slash]
    guard !authority.contains("@"), text.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value < 0x7F }) else {
      return nil
    }
    var name = authority
    var number = isSecure ? "443" : "80"
    if authority.hasPrefix("[") {
      guard let close = authority.firstIndex(of: "]") else { return nil }
      name = authority[authority.index(after: authority.startIndex)..<close]
      let tail = authority[authority.index(after: close)...]
      if tail.hasPrefix(":") { number = String(tail.dropFirst()) } else if !tail.isEmpty { return nil }
    } else if let colon = authority.lastIndex(of: ":") {
      name = authority[..<colon]
      number = String(authority[authority.index(after: colon)...])
    }
    guard !name.isEmpty, let port = Int(number), (1...65_535).contains(port) else { return nil }
    host = String(name)
    self.port = port
    let path = rest[slash...].prefix { $0 != "#" }
    self.path = path.isEmpty || path == "/" ? defaultPath : path.hasPrefix("?") ? "/" + path : String(path)
  }
}
