import CPlatform
import FinstageCore
import FinstageSystem

/// Signed tokens (RFC 7519) of somebody who knows the users: HS256 and ES256 (RFC 7518, section 3.1).
package enum JSONWebToken {
  package enum Key: Sendable {
    /// The secret of HS256.
    case secret([UInt8])
    /// The public key of ES256, as PEM.
    case publicKey([UInt8])

    /// A key from the content of its file.
    package init(file: [UInt8]) throws(TokenBook.Fault) {
      let text = String(decoding: file, as: UTF8.self)
      if text.contains("-----BEGIN") {
        guard text.contains("-----BEGIN PUBLIC KEY-----") else {
          throw TokenBook.Fault("a public key is expected (openssl ec -in key.pem -pubout)")
        }
        self = .publicKey(file)
        switch Key.verify(file, [], [UInt8](repeating: 1, count: 64)) {
        case -1: throw TokenBook.Fault("this is no public key on P-256")
        case -2: throw TokenBook.Fault("keys of ES256 need OpenSSL's libcrypto (on Debian the package libssl3)")
        default: return
        }
      }
      let secret = Array(file.reversed().drop { $0 == 0x0A || $0 == 0x0D }.reversed())
      // RFC 7518, section 3.2.
      guard secret.count >= 32 else {
        throw TokenBook.Fault("a secret of HS256 has at least 32 bytes (openssl rand -base64 48)")
      }
      self = .secret(secret)
    }

    fileprivate var algorithm: String {
      switch self {
      case .secret: "HS256"
      case .publicKey: "ES256"
      }
    }

    fileprivate func signed(_ message: [UInt8], _ signature: [UInt8]) -> Bool {
      switch self {
      case .secret(let secret):
        let code = SHA256.code(message, key: secret)
        guard code.count == signature.count else { return false }
        return zip(code, signature).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
      case .publicKey(let pem):
        return signature.count == 64 && Key.verify(pem, message, signature) == 1
      }
    }

    private static func verify(_ pem: [UInt8], _ message: [UInt8], _ signature: [UInt8]) -> Int32 {
      fs_verify_es256(pem.map { CChar(bitPattern: $0) }, pem.count, message, message.count, signature)
    }
  }

  /// Clocks differ.
  private static let leeway = 30.0

  /// - Parameter now: seconds since 1970.
  static func access(
    _ token: String, _ keys: [Key], audience: String?, now: Double
  ) throws(TokenBook.Fault) -> Access {
    let parts = token.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, let head = object(parts[0]), let claims = object(parts[1]),
      let signature = bytes(parts[2])
    else { throw TokenBook.Fault("this is no JSON web token") }
    // What is not understood must not be passed over (RFC 7515, section 4.1.11).
    guard head["crit"] == nil else { throw TokenBook.Fault("the token has critical extensions") }
    let algorithm = head["alg"]?.string ?? ""
    let message = Array("\(parts[0]).\(parts[1])".utf8)
    guard keys.contains(where: { $0.algorithm == algorithm && $0.signed(message, signature) }) else {
      throw TokenBook.Fault("the token is not signed by a key of ours")
    }
    guard let end = claims["exp"]?.double else { throw TokenBook.Fault("the token has no time of expiry (exp)") }
    guard now < end + leeway else { throw TokenBook.Fault("this token has expired") }
    if let start = claims["nbf"] {
      guard let start = start.double, now >= start - leeway else { throw TokenBook.Fault("the token is not valid yet") }
    }
    if let audience {
      let named = claims["aud"].map { $0.array?.compactMap(\.string) ?? $0.string.map { [$0] } ?? [] } ?? []
      guard named.contains(audience) else { throw TokenBook.Fault("the token is for somebody else (aud)") }
    }
    var access = Access(
      name: claims["sub"]?.string ?? "token", mayPublish: isTrue(claims["publish"]), expires: end)
    if let symbols = claims["symbols"], !symbols.isNull {
      // A list, or words in a text, as scopes are written.
      guard
        let list = symbols.array?.compactMap(\.string)
          ?? symbols.string?.split(whereSeparator: { $0 == " " || $0 == "," }).map(String.init)
      else { throw TokenBook.Fault("\"symbols\" of the token must be a list of texts") }
      access.symbols = list
    }
    return access
  }

  private static func isTrue(_ value: JSONValue?) -> Bool {
    if case .bool(true)? = value { true } else { false }
  }

  private static func object(_ part: Substring) -> JSONValue? {
    bytes(part).flatMap { try? JSONValue.parse($0) }.flatMap { $0.members == nil ? nil : $0 }
  }

  /// base64url without padding (RFC 7515, section 2).
  private static func bytes(_ part: Substring) -> [UInt8]? {
    guard part.utf8.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "=") }),
      part.utf8.count % 4 != 1
    else { return nil }
    return Base64.bytes(String(part.map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 }))
  }
}
