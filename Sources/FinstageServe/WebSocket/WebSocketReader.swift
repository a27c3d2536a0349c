/// Frames in, messages out: the receiving half of RFC 6455 with the extension of RFC 7692, without any input or output of its own.
package struct WebSocketReader {
  /// Which end of the connection this is: a server's peer masks, a client's does not (RFC 6455, section 5.1).
  package enum Role: Sendable { case server, client }

  package enum Event: Equatable {
    case text([UInt8])
    case binary([UInt8])
    case ping([UInt8])
    case pong([UInt8])
    /// The peer ends the connection; nothing counts that comes after it.
    case close(CloseCode?, [UInt8])
  }

  /// What is wrong, and the code to close with (RFC 6455, section 7.1.7).
  package struct Fault: Error, Equatable {
    package let code: CloseCode
    package let reason: String
  }

  private let role: Role
  private let deflates: Bool
  /// The largest message, once it is unpacked.
  private let largestMessage: Int

  private var header: (UInt64, UInt64) = (0, 0)
  private var headerCount: UInt8 = 0
  private var isInPayload = false
  private var isFinal = false
  private var opcode = WebSocketFrame.Opcode.text
  private var remaining = 0
  private var mask: UInt32 = 0
  private var maskPlace = 0
  /// The message that is not complete, and what it is; nil between messages.
  private var message: [UInt8] = []
  private var messageKind: WebSocketFrame.Opcode?
  private var isCompressed = false
  private var text = UTF8Check()
  private var control: [UInt8] = []
  private var isClosed = false

  /// - Parameter deflates: permessage-deflate without context takeover was agreed upon.
  package init(_ role: Role, largestMessage: Int, deflates: Bool = false) {
    self.role = role
    self.largestMessage = largestMessage
    self.deflates = deflates
  }

  /// Takes bytes as they come, in pieces of any size, and calls `body` with each event.
  package mutating func take(_ bytes: UnsafeBufferPointer<UInt8>, _ body: (Event) -> Void) throws(Fault) {
    var at = 0
    while at < bytes.count, !isClosed {
      if !isInPayload {
        withUnsafeMutableBytes(of: &header) { $0[Int(headerCount)] = bytes[at] }
        headerCount += 1
        at += 1
        try readHeader()
        if isInPayload, remaining == 0 { try endFrame(body) }
        continue
      }
      let count = min(remaining, bytes.count - at)
      try takePayload(UnsafeBufferPointer(rebasing: bytes[at..<at + count]))
      at += count
      remaining -= count
      if remaining == 0 { try endFrame(body) }
    }
  }

  private func headerByte(_ place: Int) -> UInt8 { withUnsafeBytes(of: header) { $0[place] } }

  /// Looks at the header with each byte of it, so that a wrong one is told as soon as it can be.
  private mutating func readHeader() throws(Fault) {
    func wrong(_ reason: String) -> Fault { Fault(code: .protocolError, reason: reason) }
    let first = headerByte(0)
    if headerCount == 1 {
      guard let opcode = WebSocketFrame.Opcode(rawValue: first & 15) else {
        throw wrong("reserved opcode \(first & 15)")
      }
      self.opcode = opcode
      isFinal = first & 0x80 != 0
      let isPacked = first & 0x40 != 0
      guard first & 0x30 == 0, !isPacked || deflates && (opcode == .text || opcode == .binary) else {
        throw wrong("a reserved bit is set")
      }
      if opcode.isControl {
        guard isFinal else { throw wrong("a control frame is fragmented") }
      } else if opcode == .continuation {
        guard messageKind != nil else { throw wrong("a continuation without a message") }
      } else {
        guard messageKind == nil else { throw wrong("a message begins before the last one has ended") }
        messageKind = opcode
        isCompressed = isPacked
        text = UTF8Check()
      }
      return
    }
    let second = headerByte(1)
    let isMasked = second & 0x80 != 0
    let short = Int(second & 0x7F)
    if headerCount == 2 {
      guard isMasked == (role == .server) else {
        throw wrong(isMasked ? "a server's frame is masked" : "a client's frame is not masked")
      }
      guard !opcode.isControl || short <= 125 else { throw wrong("a control frame of more than 125 bytes") }
    }
    let lengthBytes = short == 126 ? 2 : short == 127 ? 8 : 0
    if headerCount < 2 + lengthBytes { return }
    if headerCount == 2 + lengthBytes {
      var length = UInt64(short)
      if lengthBytes > 0 {
        length = 0
        for i in 0..<lengthBytes { length = length << 8 | UInt64(headerByte(2 + i)) }
        guard length >> 63 == 0 else { throw wrong("a length with the highest bit set") }
        guard length > (lengthBytes == 2 ? 125 : 65_535) else { throw wrong("a length in more bytes than it needs") }
      }
      if !opcode.isControl, length > UInt64(largestMessage - min(message.count, largestMessage)) {
        throw Fault(code: .tooBig, reason: "a message of more than \(largestMessage) bytes")
      }
      remaining = Int(length)
    }
    guard headerCount == 2 + lengthBytes + (isMasked ? 4 : 0) else { return }
    mask = 0
    if isMasked { for i in 0..<4 { mask |= UInt32(headerByte(2 + lengthBytes + i)) << (8 * UInt32(i)) } }
    maskPlace = 0
    headerCount = 0
    isInPayload = true
    control.removeAll(keepingCapacity: false)
  }

  private mutating func takePayload(_ bytes: UnsafeBufferPointer<UInt8>) throws(Fault) {
    let start: Int
    let isControl = opcode.isControl
    if isControl {
      start = control.count
      control.append(contentsOf: bytes)
    } else {
      start = message.count
      message.append(contentsOf: bytes)
    }
    if role == .server {
      if isControl { unmask(&control, from: start) } else { unmask(&message, from: start) }
      maskPlace = (maskPlace + bytes.count) & 3
    }
    if !isControl, messageKind == .text, !isCompressed {
      let isText = message.withUnsafeBufferPointer { text.take(UnsafeBufferPointer(rebasing: $0[start...])) }
      if !isText { throw Fault(code: .invalidData, reason: "a text that is not UTF-8") }
    }
  }

  private func unmask(_ bytes: inout [UInt8], from start: Int) {
    guard mask != 0 else { return }
    let (mask, place) = (mask, maskPlace)
    bytes.withUnsafeMutableBytes { buffer in
      var i = start
      // Eight bytes at a time, with the mask turned to where the first of them is.
      let turn = UInt32(place * 8)
      let turned = turn == 0 ? mask : mask >> turn | mask << (32 - turn)
      let wide = UInt64(turned) | UInt64(turned) << 32
      while i + 8 <= buffer.count {
        let word = UInt64(littleEndian: buffer.loadUnaligned(fromByteOffset: i, as: UInt64.self))
        buffer.storeBytes(of: (word ^ wide).littleEndian, toByteOffset: i, as: UInt64.self)
        i += 8
      }
      while i < buffer.count {
        buffer[i] ^= UInt8(truncatingIfNeeded: wide >> (8 * UInt64((i - start) & 7)))
        i += 1
      }
    }
  }

  private mutating func endFrame(_ body: (Event) -> Void) throws(Fault) {
    isInPayload = false
    switch opcode {
    case .ping: body(.ping(control))
    case .pong: body(.pong(control))
    case .close:
      isClosed = true
      body(try closing())
    default:
      guard isFinal, let kind = messageKind else { return }
      messageKind = nil
      var whole: [UInt8] = []
      swap(&whole, &message)
      if isCompressed {
        do throws(MessageInflater.Failure) {
          whole = try MessageInflater.unpacked(whole, limit: largestMessage)
        } catch {
          switch error {
          case .damaged: throw Fault(code: .invalidData, reason: "a message that cannot be unpacked")
          case .tooLarge: throw Fault(code: .tooBig, reason: "a message of more than \(largestMessage) bytes")
          }
        }
        if kind == .text { _ = whole.withUnsafeBufferPointer { isText($0) } ? () : try notText() }
      } else if kind == .text, !text.isComplete {
        try notText()
      }
      body(kind == .text ? .text(whole) : .binary(whole))
    }
    control = []
  }

  private func isText(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var check = UTF8Check()
    return check.take(bytes) && check.isComplete
  }

  private func notText() throws(Fault) { throw Fault(code: .invalidData, reason: "a text that is not UTF-8") }

  private func closing() throws(Fault) -> Event {
    if control.isEmpty { return .close(nil, []) }
    guard control.count >= 2 else { throw Fault(code: .protocolError, reason: "a close code of one byte") }
    let code = CloseCode(rawValue: UInt16(control[0]) << 8 | UInt16(control[1]))
    guard code.isValid else { throw Fault(code: .protocolError, reason: "close code \(code.rawValue)") }
    let reason = Array(control.dropFirst(2))
    guard reason.withUnsafeBufferPointer(isText) else {
      throw Fault(code: .invalidData, reason: "a reason that is not UTF-8")
    }
    return .close(code, reason)
  }
}
