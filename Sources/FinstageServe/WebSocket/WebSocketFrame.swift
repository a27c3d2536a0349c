/// The frames of RFC 6455, section 5.
package enum WebSocketFrame {
  package enum Opcode: UInt8, Sendable {
    case continuation = 0
    case text = 1
    case binary = 2
    case close = 8
    case ping = 9
    case pong = 10

    package var isControl: Bool { rawValue >= 8 }
  }

  /// A frame as bytes.
  /// - Parameters:
  ///   - isCompressed: the payload is a whole message of permessage-deflate (RFC 7692, section 6).
  ///   - mask: what a client masks with (RFC 6455, section 5.3); nil for a server.
  package static func bytes(
    _ opcode: Opcode, _ payload: some Collection<UInt8>, isFinal: Bool = true, isCompressed: Bool = false,
    mask: UInt32? = nil
  ) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(payload.count + 14)
    bytes.append((isFinal ? 0x80 : 0) | (isCompressed ? 0x40 : 0) | opcode.rawValue)
    let masked: UInt8 = mask == nil ? 0 : 0x80
    let count = payload.count
    switch count {
    case ..<126: bytes.append(masked | UInt8(count))
    case ..<65_536: bytes += [masked | 126, UInt8(count >> 8), UInt8(count & 0xFF)]
    default:
      bytes.append(masked | 127)
      for shift in stride(from: 56, through: 0, by: -8) { bytes.append(UInt8(truncatingIfNeeded: count >> shift)) }
    }
    guard let mask else {
      bytes.append(contentsOf: payload)
      return bytes
    }
    let key = (0..<4).map { UInt8(truncatingIfNeeded: mask >> (24 - 8 * UInt32($0))) }
    bytes += key
    for (i, byte) in payload.enumerated() { bytes.append(byte ^ key[i & 3]) }
    return bytes
  }

  /// The frame that ends a connection (RFC 6455, section 5.5.1). A reason that is too long is cut between characters.
  package static func close(_ code: CloseCode?, _ reason: String = "", mask: UInt32? = nil) -> [UInt8] {
    guard let code else { return bytes(.close, [], mask: mask) }
    var text = Array(reason.utf8.prefix(123))
    while !text.isEmpty, String(validating: text, as: UTF8.self) == nil { text.removeLast() }
    return bytes(.close, [UInt8(code.rawValue >> 8), UInt8(code.rawValue & 0xFF)] + text, mask: mask)
  }
}

/// Why a connection ends (RFC 6455, section 7.4; 4000 and up are ours: 4000 to 4499 say come back, 4500 and up do not).
package struct CloseCode: RawRepresentable, Sendable, Equatable {
  package let rawValue: UInt16
  package init(rawValue: UInt16) { self.rawValue = rawValue }

  package static let normal = CloseCode(rawValue: 1000)
  package static let goingAway = CloseCode(rawValue: 1001)
  package static let protocolError = CloseCode(rawValue: 1002)
  package static let unsupportedData = CloseCode(rawValue: 1003)
  package static let invalidData = CloseCode(rawValue: 1007)
  package static let policyViolation = CloseCode(rawValue: 1008)
  package static let tooBig = CloseCode(rawValue: 1009)
  package static let tryAgainLater = CloseCode(rawValue: 1013)
  /// Nothing was asked for in time.
  package static let nothingAsked = CloseCode(rawValue: 4408)
  /// A newer token is needed.
  package static let tokenExpired = CloseCode(rawValue: 4401)
  package static let unauthorized = CloseCode(rawValue: 4501)

  /// Whether a peer may send it.
  package var isValid: Bool {
    switch rawValue {
    case 1000...1003, 1007...1014, 3000...4999: true
    default: false
    }
  }

  /// Whether coming back is of no use.
  package var isForGood: Bool {
    rawValue >= 4500
      || [CloseCode.protocolError, .unsupportedData, .invalidData, .policyViolation, .tooBig].contains(self)
  }
}
