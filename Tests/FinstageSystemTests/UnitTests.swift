import FinstageSystem
import TestSupport
import Testing

/// Spans, sizes, rates and waits, as users write them and as they are written back.
@Suite struct UnitTests {
  @Test(arguments: [
    ("15", 15), ("250ms", 0.25), ("1h30m", 5400), ("2d", 172_800), ("1w", 604_800), ("1.5m", 90), ("0", 0), ("0s", 0),
  ]) func spans(_ text: String, _ seconds: Double) { #expect(TimeSpan(text)?.seconds == seconds) }

  @Test(arguments: [
    "", ".", "s", "5 s", "-5s", "5S", "5x", "1h30", "5mm", "1e3s", "300y", "99999999999s", "nan", "inf", "٥s", "5s ",
  ]) func whatIsNoSpan(_ text: String) { #expect(TimeSpan(text) == nil, "\(text)") }

  @Test func spansAreReadAsTheyAreWritten() {
    var random = SeededRandom(seed: 1)
    for _ in 0..<2000 {
      let span = TimeSpan.milliseconds(Int64.random(in: 0...9_000_000_000, using: &random))
      #expect(TimeSpan(span.text) == span, "\(span.text)")
    }
    #expect(
      TimeSpan.seconds(1e300).nanoseconds == Int64.max && TimeSpan.milliseconds(Int64.min).nanoseconds == Int64.min)
  }

  @Test func sizesAndRates() {
    #expect(ByteSize("64MiB")?.bytes == 64 << 20 && ByteSize("1.5k")?.bytes == 1500 && ByteSize("7")?.bytes == 7)
    for text in ["", "MiB", "-1k", "1 k", "2e15", "1x", "nan"] { #expect(ByteSize(text) == nil, "\(text)") }
    #expect(Rate("30/m")?.perSecond == 0.5 && Rate("5")?.perSecond == 5 && Rate("1000/h")?.text == "16.67/m")
    for text in ["", "0/s", "-1/s", "5/", "5/d", "1/s/s", "inf/s", "nan"] { #expect(Rate(text) == nil, "\(text)") }
    var random = SeededRandom(seed: 2)
    for _ in 0..<500 {
      let size = ByteSize(bytes: Int.random(in: 0...1 << 40, using: &random) & ~0x3FF)
      #expect(ByteSize(size.text) == size)
    }
  }

  @Test func waitsDoubleUpToABound() {
    let backoff = Backoff(base: 2, longest: 60, least: 0.5)
    #expect((0..<7).map { backoff.wait(failures: $0, chance: 1) } == [2, 4, 8, 16, 32, 60, 60])
    #expect(backoff.wait(failures: 3, chance: 0) == 1 && backoff.wait(failures: .max, chance: 0.5) == 30.5)
    #expect(Backoff(base: 100, longest: 10, least: 0.5).wait(failures: 0, chance: 0) == 10)
  }

  @Test func whatWasMeant() {
    let known = ["rsi", "sma", "bollinger", "macd"]
    #expect(Spelling.nearest(to: "bolinger", among: known) == "bollinger")
    #expect(Spelling.nearest(to: "mcad", among: known) == "macd", "two letters in each other's place are one slip")
    #expect(Spelling.nearest(to: "xyz", among: known) == nil && Spelling.nearest(to: "", among: known) == nil)
  }

  @Test func hashesAreThoseOfEverybody() {
    // FNV-1a of 64 bits, by its authors' test vectors.
    #expect(StableHash("").text == "cbf29ce484222325" && StableHash("a").text == "af63dc4c8601ec8c")
    #expect(StableHash("foobar").text == "85944171f73967e8")
    // FIPS 180-4 and RFC 4231, case 2.
    func hex(_ bytes: [UInt8]) -> String { bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() }
    #expect(
      hex(SHA256.digest(Array("abc".utf8))) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(
      hex(SHA256.code(Array("what do ya want for nothing?".utf8), key: Array("Jefe".utf8)))
        == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
    for length in [0, 55, 56, 63, 64, 65, 1000] {
      #expect(SHA256.digest([UInt8](repeating: 7, count: length)).count == 32)
    }
  }
}
