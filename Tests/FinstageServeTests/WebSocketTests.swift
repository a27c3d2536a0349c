import FinstageServe
import FinstageSystem
import TestSupport
import Testing

/// The wire protocol, driven without any connection. Sections are those of RFC 6455 unless another RFC is named.
@Suite struct WebSocketTests {
  private let mask: UInt32 = 0x37FA_213D

  /// What a reader makes of bytes that come in pieces of a size, and the fault that ends it.
  private func read(
    _ bytes: [UInt8], by size: Int = .max, as role: WebSocketReader.Role = .server, limit: Int = 1 << 20,
    deflates: Bool = false
  ) -> (events: [WebSocketReader.Event], fault: WebSocketReader.Fault?) {
    var reader = WebSocketReader(role, largestMessage: limit, deflates: deflates)
    var events: [WebSocketReader.Event] = []
    var at = 0
    while at < bytes.count {
      let end = size == .max ? bytes.count : min(bytes.count, at + size)
      do throws(WebSocketReader.Fault) {
        try Array(bytes[at..<end]).withUnsafeBufferPointer { piece throws(WebSocketReader.Fault) in
          try reader.take(piece) { events.append($0) }
        }
      } catch {
        return (events, error)
      }
      at = end
    }
    return (events, nil)
  }

  private func frame(_ opcode: WebSocketFrame.Opcode, _ payload: [UInt8], isFinal: Bool = true) -> [UInt8] {
    WebSocketFrame.bytes(opcode, payload, isFinal: isFinal, mask: mask)
  }

  private func code(_ bytes: [UInt8], as role: WebSocketReader.Role = .server, deflates: Bool = false) -> UInt16? {
    read(bytes, as: role, deflates: deflates).fault?.code.rawValue
  }

  @Test func examplesOfTheRFC() {
    // Section 5.7.
    #expect(
      read([0x81, 0x85, 0x37, 0xFA, 0x21, 0x3D, 0x7F, 0x9F, 0x4D, 0x51, 0x58]).events == [.text(Array("Hello".utf8))])
    #expect(read([0x81, 0x05, 0x48, 0x65, 0x6C, 0x6C, 0x6F], as: .client).events == [.text(Array("Hello".utf8))])
    #expect(
      read([0x01, 0x03, 0x48, 0x65, 0x6C, 0x80, 0x02, 0x6C, 0x6F], as: .client).events == [.text(Array("Hello".utf8))])
    #expect(read([0x89, 0x05, 0x48, 0x65, 0x6C, 0x6C, 0x6F], as: .client).events == [.ping(Array("Hello".utf8))])
    // Section 1.3.
    #expect(WebSocketHandshake.accept("dGhlIHNhbXBsZSBub25jZQ==") == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
    #expect(WebSocketFrame.bytes(.binary, [UInt8](repeating: 1, count: 256)).prefix(4) == [0x82, 0x7E, 1, 0])
    #expect(
      WebSocketFrame.bytes(.binary, [UInt8](repeating: 1, count: 65_536)).prefix(10) == [
        0x82, 0x7F, 0, 0, 0, 0, 0, 1, 0, 0,
      ])
  }

  @Test(arguments: [0, 1, 7, 125, 126, 127, 65_535, 65_536, 70_000]) func lengthsAndPieces(_ count: Int) {
    let payload = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let bytes = frame(.binary, payload) + frame(.ping, [9])
    for size in [Int.max, 1, 3, 1000] where size > 100 || count < 1000 {
      let (events, fault) = read(bytes, by: size)
      #expect(fault == nil && events == [.binary(payload), .ping([9])], "\(count) bytes in pieces of \(size)")
    }
  }

  @Test func controlFramesComeBetweenFragments() {
    // Section 5.4.
    let bytes =
      frame(.text, Array("ab".utf8), isFinal: false) + frame(.ping, [1]) + frame(.continuation, [], isFinal: false)
      + frame(.pong, []) + frame(.continuation, Array("c".utf8))
    #expect(read(bytes, by: 1).events == [.ping([1]), .pong([]), .text(Array("abc".utf8))])
  }

  @Test func faults() {
    #expect(code([0xC1]) == 1002, "5.2: RSV1 without an extension")
    #expect(code([0xA1]) == 1002 && code([0x91]) == 1002, "5.2: RSV2 and RSV3")
    for opcode in [3, 4, 5, 6, 7, 11, 12, 13, 14, 15] as [UInt8] {
      #expect(code([0x80 | opcode]) == 1002, "5.2: opcode \(opcode)")
    }
    #expect(code([0x81, 0x05]) == 1002, "5.1: a client's frame must be masked")
    #expect(code([0x81, 0x85], as: .client) == 1002, "5.1: a server's frame must not be masked")
    #expect(code([0x09]) == 1002, "5.5: a fragmented ping")
    #expect(code([0x89, 0xFE]) == 1002, "5.5: a ping of more than 125 bytes")
    #expect(code([0x80]) == 1002, "5.4: a continuation of nothing")
    #expect(code(frame(.text, [0x61], isFinal: false) + [0x81]) == 1002, "5.4: a message within a message")
    #expect(code([0x82, 0xFE, 0, 125]) == 1002, "5.2: a length in more bytes than it needs")
    #expect(code([0x82, 0xFF, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]) == 1002)
    #expect(code([0x82, 0xFF, 0x80, 0, 0, 0, 0, 0, 0, 0]) == 1002, "5.2: the highest bit of a length")
    #expect(code([0x82, 0xFF, 0x7F, 0, 0, 0, 0, 0, 0, 0]) == 1009, "10.4: told by the header, before the payload")
    let parts = (0..<3).map {
      frame($0 == 0 ? .binary : .continuation, [UInt8](repeating: 0, count: 500_000), isFinal: false)
    }
    #expect(code(Array(parts.joined())) == 1009, "10.4: the limit is of the message, not of the frame")
  }

  @Test func texts() {
    // Section 8.1; RFC 3629.
    #expect(read(frame(.text, Array("κόσμε 🙂".utf8)), by: 1).events == [.text(Array("κόσμε 🙂".utf8))])
    for bad in [
      [0x80], [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x9F, 0x80], [0xED, 0xA0, 0x80], [0xF0, 0x8F, 0x80, 0x80],
      [0xF4, 0x90, 0x80, 0x80], [0xF5], [0xFF], [0xE2, 0x82], [0xC3],
    ] as [[UInt8]] {
      #expect(code(frame(.text, [0x61] + bad)) == 1007, "\(bad)")
    }
    // A character may be cut by a frame, and a wrong one is told before the message ends.
    #expect(
      read(frame(.text, [0xE2], isFinal: false) + frame(.continuation, [0x82, 0xAC])).events == [.text(Array("€".utf8))]
    )
    #expect(code(frame(.text, [0xED, 0xA0], isFinal: false)) == 1007, "fails fast")
    let half = Array(
      frame(.text, [UInt8](repeating: 0x61, count: 50) + [0xFF] + [UInt8](repeating: 0x61, count: 50)).prefix(60))
    #expect(code(half) == 1007, "within a frame, too")
  }

  @Test func closing() {
    // Section 5.5.1 and 7.4.
    #expect(read(frame(.close, [])).events == [.close(nil, [])])
    #expect(
      read(frame(.close, [0x03, 0xE8]) + frame(.ping, [])).events == [.close(.normal, [])], "nothing counts after it")
    #expect(code(frame(.close, [0x03])) == 1002)
    #expect(code(frame(.close, [0x03, 0xE8, 0xC3])) == 1007)
    for number in [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 4999] as [UInt16] {
      #expect(code(frame(.close, [UInt8(number >> 8), UInt8(number & 255)])) == nil, "\(number)")
    }
    for number in [0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65_535] as [UInt16] {
      #expect(code(frame(.close, [UInt8(number >> 8), UInt8(number & 255)])) == 1002, "\(number)")
    }
    let long = WebSocketFrame.close(.goingAway, String(repeating: "ä", count: 100))
    #expect(long.count == 2 + 2 + 122, "a reason is cut between characters")
  }

  @Test func offersOfCompression() {
    // RFC 7692, section 7.1.
    func answer(_ offer: String) -> String? { DeflateAgreement.first(of: offer)?.header }
    let plain = "permessage-deflate; server_no_context_takeover; client_no_context_takeover"
    #expect(answer("permessage-deflate") == plain)
    #expect(answer("permessage-deflate; client_max_window_bits") == plain)
    #expect(answer("permessage-deflate; client_max_window_bits=10; server_no_context_takeover") == plain)
    #expect(answer("permessage-deflate;server_max_window_bits=\"10\"") == plain + "; server_max_window_bits=10")
    #expect(answer("permessage-deflate; server_max_window_bits=8") == nil, "zlib has no such window")
    #expect(answer("permessage-deflate; server_max_window_bits=8, permessage-deflate") == plain, "the next offer")
    for bad in [
      "x-webkit-deflate-frame", "permessage-deflate; unknown", "permessage-deflate; server_max_window_bits",
      "permessage-deflate; server_max_window_bits=16", "permessage-deflate; server_max_window_bits=09",
      "permessage-deflate; client_max_window_bits=7", "permessage-deflate; server_no_context_takeover=1",
      "permessage-deflate; client_no_context_takeover; client_no_context_takeover",
    ] { #expect(answer(bad) == nil, "\(bad)") }
  }

  @Test func compressedMessages() throws {
    func packed(_ bytes: [UInt8]) -> [UInt8] { [0xC1, UInt8(bytes.count)] + bytes }
    func text(_ bytes: [UInt8]) -> [WebSocketReader.Event] { read(bytes, as: .client, deflates: true).events }
    let hello = [WebSocketReader.Event.text(Array("Hello".utf8))]
    // RFC 7692, section 7.2.3: plain, without compression, with the last-block bit, in two blocks.
    #expect(text(packed([0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00])) == hello)
    #expect(text(packed([0x00, 0x05, 0x00, 0xFA, 0xFF, 0x48, 0x65, 0x6C, 0x6C, 0x6F, 0x00])) == hello)
    #expect(text(packed([0xF3, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00, 0x00])) == hello)
    #expect(text(packed([0xF2, 0x48, 0x05, 0x00, 0x00, 0x00, 0xFF, 0xFF, 0xCA, 0xC9, 0xC9, 0x07, 0x00])) == hello)
    #expect(text([0x41, 0x03, 0xF2, 0x48, 0xCD, 0x80, 0x04, 0xC9, 0xC9, 0x07, 0x00]) == hello, "fragments")
    #expect(code([0xC1, 0x01, 0xFF], as: .client, deflates: true) == 1007)
    #expect(code([0xC9], as: .client, deflates: true) == 1002, "section 6: no control frame is compressed")
    #expect(code([0x01, 0x00, 0xC0], as: .client, deflates: true) == 1002, "section 6.1: only the first frame says so")
    let deflater = try #require(MessageDeflater(windowBits: 9))
    for message in [[], Array("Hello".utf8), [UInt8](repeating: 7, count: 100_000)] as [[UInt8]] {
      #expect(try MessageInflater.unpacked(deflater.packed(message), limit: 1 << 20) == message)
    }
    let notText = WebSocketFrame.bytes(.text, deflater.packed([0xFF]), isCompressed: true)
    #expect(code(notText, as: .client, deflates: true) == 1007)
  }

  /// RFC 7692, section 7.1.1.1: what the messages of one connection have in common is said once.
  @Test func messagesWithTheirContext() throws {
    let offer = "permessage-deflate; client_max_window_bits"
    let agreement = try #require(DeflateAgreement.first(of: offer, keepsContext: true))
    #expect(agreement.header == "permessage-deflate; client_no_context_takeover; server_max_window_bits=9")
    #expect(
      DeflateAgreement.first(of: offer + "; server_no_context_takeover", keepsContext: true)?.keepsContext == false)
    let deflater = try #require(MessageDeflater(windowBits: 9, keepsContext: true))
    var random = SeededRandom(seed: 7)
    let messages: [[UInt8]] = (0..<200).map { i in
      i % 50 == 49
        ? (0..<3000).map { _ in UInt8.random(in: .min ... .max, using: &random) }
        : Array(#"{"type":"price_update","symbol":"AAPL","seq":\#(i),"current_price":\#(100 + i).25}"#.utf8)
    }
    let packed = messages.map(deflater.packed)
    #expect(packed[10].count < packed[0].count / 2, "\(packed[10].count) of \(packed[0].count) bytes")
    let stream = Array(packed.joined(separator: [0, 0, 0xFF, 0xFF]))
    #expect(try MessageInflater.unpacked(stream, limit: 1 << 20) == Array(messages.joined()))
  }

  @Test func aBombIsRefused() throws {
    // A gigabyte of zeros in a megabyte.
    let deflater = try #require(MessageDeflater(windowBits: 15))
    let megabyte = deflater.packed([UInt8](repeating: 0, count: 1 << 20))
    let part = megabyte + [0, 0, 0xFF, 0xFF]
    let bomb = (0..<1024).flatMap { _ in part }
    #expect(throws: MessageInflater.Failure.tooLarge) { try MessageInflater.unpacked(bomb, limit: 1 << 20) }
  }

  @Test func mutatedFramesCrashNothing() {
    var random = SeededRandom(seed: 18)
    let deflater = MessageDeflater(windowBits: 15)!
    let seeds = [
      frame(.text, Array("{\"action\":\"heartbeat\"}".utf8)) + frame(.ping, [1, 2]),
      frame(.binary, [UInt8](repeating: 5, count: 300), isFinal: false) + frame(.continuation, [1])
        + frame(.close, [3, 232]),
      WebSocketFrame.bytes(.text, deflater.packed(Array("some text".utf8)), isCompressed: true, mask: mask),
    ]
    for round in 0..<20_000 {
      var bytes = seeds[round % seeds.count]
      for _ in 0...Int(random.next() % 4) {
        switch random.next() % 3 {
        case 0: bytes[Int(random.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: random.next())
        case 1 where bytes.count > 4: bytes.remove(at: Int(random.next() % UInt64(bytes.count)))
        default: bytes.insert(UInt8(truncatingIfNeeded: random.next()), at: Int(random.next() % UInt64(bytes.count)))
        }
      }
      let whole = read(bytes, limit: 1000, deflates: true)
      let pieces = read(bytes, by: 1 + Int(random.next() % 5), limit: 1000, deflates: true)
      #expect(whole.fault == pieces.fault && whole.events == pieces.events, "\(bytes)")
    }
  }
}

/// Heads of HTTP and the opening handshake.
@Suite struct HTTPRequestTests {
  private func parse(_ text: String) throws -> HTTPRequest? { try HTTPRequest.parse(Array(text.utf8))?.request }

  private func status(_ text: String) -> Int? {
    do throws(HTTPRequest.Fault) {
      guard let (request, _) = try HTTPRequest.parse(Array(text.utf8)) else { return nil }
      _ = try request.bodyLength(limit: 100)
      _ = try WebSocketHandshake.answer(request, deflates: true)
      return 101
    } catch {
      return error.status
    }
  }

  @Test func heads() throws {
    let request = try #require(try parse("GET /a%20b?x=1%2C2&y HTTP/1.1\r\nHost: h\r\nX:  a b \r\nx: c\r\n\r\nrest"))
    #expect(request.path == "/a%20b" && request.parameter("x") == "1,2" && request.parameter("y") == "")
    #expect(request.header("x") == "a b, c" && request.header("z") == nil)
    #expect(try parse("GET / HTTP/1.1\r\nHost: h\r\n") == nil, "it is not complete")
    for (text, expected) in [
      ("GET / HTTP/1.1\r\n\r\n", 400), ("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
      ("GET  / HTTP/1.1\r\nHost: a\r\n\r\n", 400), ("GET http://x/ HTTP/1.1\r\nHost: a\r\n\r\n", 400),
      ("GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505), ("GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400),
      ("GET / HTTP/1.1\r\nHost: a\r\n folded\r\n\r\n", 400), ("GET / HTTP/1.1\r\nHost: a\rb\r\n\r\n", 400),
      ("GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n", 501),
      ("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", 400),
      ("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 101\r\n\r\n", 413),
      ("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400),
      ("GET /" + String(repeating: "x", count: 20_000), 431),
      ("GET / HTTP/1.1\r\nHost: a\r\n" + String(repeating: "A: b\r\n", count: 101) + "\r\n", 431),
    ] { #expect(status(text) == expected, "\(text.prefix(60))") }
  }

  @Test func handshakes() {
    // RFC 6455, section 4.2.1 and 4.4.
    func head(_ change: (inout [String: String]) -> Void, method: String = "GET") -> Int? {
      var headers = [
        "Host": "h", "Upgrade": "websocket", "Connection": "keep-alive, Upgrade", "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
      ]
      change(&headers)
      return status("\(method) /ws HTTP/1.1\r\n" + headers.map { "\($0.key): \($0.value)\r\n" }.joined() + "\r\n")
    }
    #expect(head { _ in } == 101)
    #expect(head({ _ in }, method: "POST") == 405)
    #expect(head { $0["Sec-WebSocket-Version"] = "8" } == 426 && head { $0["Sec-WebSocket-Version"] = nil } == 426)
    #expect(head { $0["Connection"] = "close" } == 400)
    for key in ["", "short", "dGhlIHNhbXBsZSBub25jZQ==x", "dGhlIHNhbXBsZSBub25j!Q=="] {
      #expect(head { $0["Sec-WebSocket-Key"] = key } == 400, "\(key)")
    }
  }
}
