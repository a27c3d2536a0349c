import CZlib

/// Messages of permessage-deflate (RFC 7692, section 7.2) without context takeover: each is packed and unpacked by itself.
package enum MessageInflater {
  package enum Failure: Error { case damaged, tooLarge }

  /// The tail that senders leave out.
  static let tail: [UInt8] = [0, 0, 0xFF, 0xFF]

  package static func unpacked(_ bytes: [UInt8], limit: Int) throws(Failure) -> [UInt8] {
    var stream = z_stream()
    guard inflateInit2_(&stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      throw .damaged
    }
    defer { inflateEnd(&stream) }
    var input = bytes + tail
    var output: [UInt8] = []
    var failure: Failure?
    input.withUnsafeMutableBufferPointer { input in
      stream.next_in = input.baseAddress
      stream.avail_in = UInt32(input.count)
      withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 16 << 10) { block in
        while true {
          stream.next_out = block.baseAddress
          stream.avail_out = UInt32(block.count)
          let status = inflate(&stream, Z_SYNC_FLUSH)
          output.append(contentsOf: block[..<(block.count - Int(stream.avail_out))])
          if output.count > limit {
            failure = .tooLarge
            return
          }
          if status == Z_STREAM_END {
            // A block that says that it is the last (section 7.2.3.4): what follows begins anew.
            if stream.avail_in == 0 { return }
            inflateReset(&stream)
          } else if status == Z_BUF_ERROR || status == Z_OK && stream.avail_in == 0 && stream.avail_out > 0 {
            return
          } else if status != Z_OK {
            failure = .damaged
            return
          }
        }
      }
    }
    if let failure { throw failure }
    return output
  }
}

/// Packs messages. Without context, one for each window size serves all connections; with context, each connection has its own.
package final class MessageDeflater {
  private var stream = z_stream()
  private let keepsContext: Bool

  /// - Parameters:
  ///   - windowBits: 9 to 15.
  ///   - keepsContext: messages refer to those before; about 17 KiB with a window of 9 bits.
  package init?(windowBits: Int, keepsContext: Bool = false) {
    self.keepsContext = keepsContext
    guard
      deflateInit2_(
        &stream, 6, Z_DEFLATED, -Int32(windowBits), keepsContext ? 1 : 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
        Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { return nil }
  }

  deinit { deflateEnd(&stream) }

  package func packed(_ bytes: [UInt8]) -> [UInt8] {
    if !keepsContext { deflateReset(&stream) }
    var input = bytes
    // Small windows and little memory can make what does not pack longer than the library's bound for the standard ones.
    let room = Int(deflateBound(&stream, UInt(bytes.count))) + bytes.count / 8 + 64
    let output = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
      input.withUnsafeMutableBufferPointer { input in
        stream.next_in = input.baseAddress
        stream.avail_in = UInt32(input.count)
        stream.next_out = buffer.baseAddress
        stream.avail_out = UInt32(room)
        deflate(&stream, Z_SYNC_FLUSH)
      }
      count = room - Int(stream.avail_out)
    }
    // An empty message is one byte (section 7.2.3.6).
    return output.count <= 4 ? [0] : Array(output.dropLast(4))
  }
}

/// What is agreed upon about permessage-deflate (RFC 7692, section 7.1).
package struct DeflateAgreement: Sendable, Equatable {
  /// How far back what the server packs may refer.
  package var serverWindowBits = 15
  /// Whether what the server packs may refer to the messages before.
  package var keepsContext = false

  /// The window of those who keep the context: it bounds the memory of each of them.
  package static let contextWindowBits = 9

  /// The header of the answer.
  package var header: String {
    "permessage-deflate" + (keepsContext ? "" : "; server_no_context_takeover") + "; client_no_context_takeover"
      + (serverWindowBits < 15 ? "; server_max_window_bits=\(serverWindowBits)" : "")
  }

  /// The first of the offers of Sec-WebSocket-Extensions that can be met; nil if there is none.
  /// - Parameter keepsContext: agree to keep the context between messages of the server, where the client lets it.
  package static func first(of offers: String, keepsContext: Bool = false) -> DeflateAgreement? {
    for offer in offers.split(separator: ",") {
      let parts = offer.split(separator: ";", omittingEmptySubsequences: false).map(trimmed)
      guard parts.first == "permessage-deflate" else { continue }
      guard var agreement = accepting(parts.dropFirst()) else { continue }
      if keepsContext, !parts.contains("server_no_context_takeover") {
        agreement.keepsContext = true
        // The answer may name a window that the offer does not (section 7.1.2.1).
        agreement.serverWindowBits = min(agreement.serverWindowBits, contextWindowBits)
      }
      return agreement
    }
    return nil
  }

  private static func trimmed(_ text: Substring) -> String {
    String(text.drop { $0 == " " || $0 == "\t" }.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
  }

  /// Nil if a parameter is unknown, wrong, or there twice (section 7.1).
  private static func accepting(_ parameters: ArraySlice<String>) -> DeflateAgreement? {
    var agreement = DeflateAgreement()
    var seen: Set<String> = []
    for parameter in parameters {
      let pair = parameter.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(trimmed)
      guard let name = pair.first, seen.insert(name).inserted else { return nil }
      var value = pair.count > 1 ? pair[1] : nil
      if let quoted = value, quoted.count >= 2, quoted.hasPrefix("\""), quoted.hasSuffix("\"") {
        value = String(quoted.dropFirst().dropLast())
      }
      switch name {
      case "server_no_context_takeover", "client_no_context_takeover":
        if value != nil { return nil }
      case "client_max_window_bits":
        if let value, bits(value) == nil { return nil }
      case "server_max_window_bits":
        // zlib cannot pack with a window of 2^8 bytes.
        guard let value, let bits = bits(value), bits >= 9 else { return nil }
        agreement.serverWindowBits = bits
      default: return nil
      }
    }
    return agreement
  }

  /// 8 to 15, in decimal digits without leading zeros.
  private static func bits(_ text: String) -> Int? {
    guard let bits = Int(text), (8...15).contains(bits), String(bits) == text else { return nil }
    return bits
  }
}
