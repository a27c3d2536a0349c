import FinstageCore
import FinstageSystem

/// What the holder of a token may do.
package struct Access: Sendable, Equatable {
  package var name: String
  /// Symbols and patterns; nil for all.
  package var symbols: [String]?
  package var mayPublish: Bool
  /// When it ends, in seconds since 1970; nil for never.
  package var expires: Double?

  package init(name: String, symbols: [String]? = nil, mayPublish: Bool = false, expires: Double? = nil) {
    self.name = name
    self.symbols = symbols
    self.mayPublish = mayPublish
    self.expires = expires
  }

  func allows(_ symbol: String) -> Bool {
    guard let symbols else { return true }
    return symbols.contains { $0 == symbol || SymbolPattern.isPattern($0) && SymbolPattern.matches(symbol, $0) }
  }
}

/// The tokens that a server knows.
package struct TokenBook: Sendable {
  /// Why a token is not accepted.
  package struct Fault: Error, Equatable {
    package let reason: String
    package init(_ reason: String) { self.reason = reason }
  }

  /// By the digest of the token: how long a look takes tells nothing of it.
  private var known: [[UInt8]: Access] = [:]
  private let keys: [JSONWebToken.Key]
  private let audience: String?

  /// - Parameters:
  ///   - lines: a token a line, each with what its holder may do: `TOKEN name=desk symbols=AAPL,^* publish expires=2027-01-01`.
  ///   - keys: for tokens that others sign.
  ///   - audience: what such a token must be for.
  package init(lines: String, keys: [JSONWebToken.Key] = [], audience: String? = nil) throws(Fault) {
    self.keys = keys
    self.audience = audience
    for (number, line) in lines.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let words = line.split(whereSeparator: \.isWhitespace)
      guard let token = words.first, !token.hasPrefix("#") else { continue }
      var access = Access(name: "line \(number + 1)")
      for word in words.dropFirst() {
        let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        switch (parts[0], parts.count > 1 ? parts[1] : nil) {
        case ("publish", nil): access.mayPublish = true
        case ("name", let value?) where !value.isEmpty: access.name = value
        case ("symbols", let value?): access.symbols = value.split(separator: ",").map(String.init)
        case ("expires", let value?):
          guard let time = Timestamp.parse(value) else {
            throw Fault("line \(number + 1): expires=\(value) is no time (2027-01-01 is one)")
          }
          access.expires = Double(time / 1_000_000_000)
        default:
          throw Fault("line \(number + 1): \"\(word)\": name=, symbols=, publish or expires= may follow a token")
        }
      }
      known[SHA256.digest(Array(token.utf8))] = access
    }
  }

  package var isEmpty: Bool { known.isEmpty && keys.isEmpty }

  /// - Parameter now: seconds since 1970.
  package func access(of token: String, now: Double) throws(Fault) -> Access {
    if let access = known[SHA256.digest(Array(token.utf8))] {
      if let end = access.expires, end <= now { throw Fault("this token has expired") }
      return access
    }
    guard !keys.isEmpty, token.utf8.count(where: { $0 == UInt8(ascii: ".") }) == 2 else {
      throw Fault("this token is not one of ours")
    }
    return try JSONWebToken.access(token, keys, audience: audience, now: now)
  }
}
