import FinstageRedis
import FinstageSystem
import TestSupport
import Testing

/// The protocol of Redis, from servers that mean well and from those that do not.
@Suite struct RESPTests {
  private func parse(_ text: String, pieces: Int = 1 << 20) throws -> [RESPValue] {
    var parser = RESPParser(largest: 1 << 16)
    var values: [RESPValue] = []
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let piece = Array(bytes.prefix(pieces))
      bytes = bytes.dropFirst(pieces)
      piece.withUnsafeBytes { parser.take($0) }
      while let value = try parser.next() { values.append(value) }
    }
    return values
  }

  @Test(arguments: [1, 2, 3, 7, 1 << 20]) func answersComeInPieces(_ pieces: Int) throws {
    let text = "+OK\r\n-ERR no\r\n:-12\r\n$5\r\nab\r\nc\r\n$-1\r\n*-1\r\n*3\r\n:1\r\n*2\r\n$0\r\n\r\n+x\r\n$-1\r\n"
    #expect(
      try parse(text, pieces: pieces) == [
        .text("OK"), .error("ERR no"), .integer(-12), .bytes(Array("ab\r\nc".utf8)), .null, .null,
        .list([.integer(1), .list([.bytes([]), .text("x")]), .null]),
      ])
  }

  @Test(arguments: [
    "$70000\r\n", "$-2\r\n", "*9999999\r\n", "*-5\r\n", ":12a\r\n", ":99999999999999999999\r\n", "!x\r\n", "\0\0\r\n",
    "$3\r\nabcdef",
    "+OK\rx", "$x\r\n",
    String(repeating: "*1\r\n", count: 20),
  ]) func whatBreaksTheProtocolEndsTheReading(_ text: String) {
    #expect(throws: RESPParser.Fault.self) { try parse(text) }
  }

  @Test func aLineWithoutEndIsNotRead() {
    #expect(throws: RESPParser.Fault.self) { try parse("+" + String(repeating: "a", count: 70_000)) }
  }

  /// Whatever comes, the parser ends with an answer or a fault.
  @Test func noBytesTrapIt() {
    var random = SeededRandom(seed: 7)
    let pieces = ["+", "-", ":", "$", "*", "\r\n", "\r", "1", "3", "-1", "12", "x", "\0"]
    for _ in 0..<20_000 {
      let text = (0..<Int.random(in: 1...24, using: &random)).map { _ in pieces.randomElement(using: &random)! }
        .joined()
      _ = try? parse(text, pieces: Int.random(in: 1...9, using: &random))
    }
  }

  @Test func addresses() throws {
    let plain = try RedisAddress("redis://cache")
    #expect(
      plain.host == "cache" && plain.port == 6379 && plain.database == 0 && plain.password == nil && !plain.isSecure)
    let full = try RedisAddress("rediss://me:p%40ss@[::1]:7000/3")
    #expect(
      full.host == "::1" && full.port == 7000 && full.database == 3 && full.user == "me" && full.password == "p@ss")
    #expect(full.isSecure && full.name == "rediss://[::1]:7000/3", "without the password")
    let patient = try RedisAddress("redis://:a?b@cache:7000/2?timeout=500ms")
    #expect(patient.patience == 0.5 && patient.password == "a?b" && patient.database == 2 && patient.port == 7000)
    for bad in [
      "redis://x?timeout=1ms", "redis://x?timeout=2m", "redis://x/0?tls=1", "redis://x?", "http://x", "redis://",
      "redis://x:0", "redis://x:70000", "redis://x/y", "redis://justauser@x",
    ] {
      #expect(throws: ToolFailure.self) { try RedisAddress(bad) }
    }
  }
}
