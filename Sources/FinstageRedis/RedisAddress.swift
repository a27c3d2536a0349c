import FinstageSystem

/// Where a Redis is: `redis://[[user]:password@]host[:port][/database][?timeout=SPAN]`, or `rediss:` for TLS.
package struct RedisAddress: Sendable, Equatable {
  package let host: String
  package let port: UInt16
  package let database: Int
  package let user: String?
  package let password: String?
  package let isSecure: Bool
  /// Seconds to wait for an answer; nil for what is usual.
  package let patience: Double?

  /// The address without its password.
  package var name: String {
    let host = host.contains(":") ? "[\(host)]" : host
    return "\(isSecure ? "rediss" : "redis")://\(host):\(port)/\(database)"
  }

  package static func isOne(_ text: String) -> Bool { text.hasPrefix("redis://") || text.hasPrefix("rediss://") }

  /// - Throws: `ToolFailure`, if the text is no such address.
  package init(_ text: String) throws {
    func refuse(_ reason: String) -> ToolFailure {
      ToolFailure(.usage, "\(reason): redis://[:password@]host[:port][/database] is expected")
    }
    guard RedisAddress.isOne(text), let mark = text.firstRange(of: "://") else { throw refuse("no address of a Redis") }
    isSecure = text.hasPrefix("rediss")
    var rest = text[mark.upperBound...]
    // A password may have a question mark.
    let login = rest.lastIndex(of: "@") ?? rest.startIndex
    if let question = rest[login...].firstIndex(of: "?") {
      let option = rest[rest.index(after: question)...].split(separator: "=", maxSplits: 1)
      guard option.count == 2, option[0] == "timeout", let span = TimeSpan(String(option[1])),
        (0.01...60).contains(span.seconds)
      else { throw refuse("behind the ? stands timeout=SPAN, from 10ms to 60s, such as timeout=500ms") }
      patience = span.seconds
      rest = rest[..<question]
    } else {
      patience = nil
    }
    if let at = rest.lastIndex(of: "@") {
      let parts = rest[..<at].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, let name = RedisAddress.decoded(parts[0]), let secret = RedisAddress.decoded(parts[1])
      else {
        throw refuse("the part before @ is not user:password")
      }
      user = name.isEmpty ? nil : name
      password = secret
      rest = rest[rest.index(after: at)...]
    } else {
      (user, password) = (nil, nil)
    }
    var number = "0"
    if let slash = rest.firstIndex(of: "/") {
      number = String(rest[rest.index(after: slash)...])
      rest = rest[..<slash]
    }
    guard let database = number.isEmpty ? 0 : Int(number), (0...65_535).contains(database) else {
      throw refuse("\"\(number)\" is not the number of a database")
    }
    self.database = database
    var name = rest
    var port = "6379"
    if rest.hasPrefix("["), let close = rest.firstIndex(of: "]") {
      name = rest[rest.index(after: rest.startIndex)..<close]
      let tail = rest[rest.index(after: close)...]
      if tail.hasPrefix(":") { port = String(tail.dropFirst()) }
    } else if let colon = rest.lastIndex(of: ":") {
      name = rest[..<colon]
      port = String(rest[rest.index(after: colon)...])
    }
    guard !name.isEmpty, let value = UInt16(port), value > 0 else {
      throw refuse("no host, or no port from 1 to 65535")
    }
    host = String(name)
    self.port = value
  }

  /// A text with %40 and the like.
  private static func decoded(_ text: Substring) -> String? {
    var bytes: [UInt8] = []
    var iterator = text.utf8.makeIterator()
    while let byte = iterator.next() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      guard let high = iterator.next(), let low = iterator.next(),
        let value = UInt8(String(decoding: [high, low], as: UTF8.self), radix: 16)
      else { return nil }
      bytes.append(value)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
