/// Seeded bars of many symbols, one a minute, interleaved: the input of benchmarks and of tests that need volume.
public struct BarGenerator {
  private var random: SeededRandom
  private let names: [String]
  private var closes: [Double]
  private var minute: Int64 = 0
  private var next = 0
  private var stamp = ""

  public init(symbols: Int = 100, seed: UInt64 = 1) {
    var random = SeededRandom(seed: seed)
    names = (0..<symbols).map { i in
      var name = ""
      var rest = i
      repeat {
        name.unicodeScalars.append(Unicode.Scalar(UInt8(ascii: "A") + UInt8(rest % 26)))
        rest /= 26
      } while rest > 0
      return name + "X"
    }
    closes = (0..<symbols).map { _ in 20 + 380 * random.unit() }
    self.random = random
  }

  /// One line, with its LF.
  public mutating func line() -> String {
    if next == 0 { stamp = BarGenerator.time(minute) }
    let i = next
    next += 1
    if next == names.count {
      next = 0
      minute += 1
    }
    let open = closes[i]
    let close = max(1, open * (1 + 0.002 * random.normal()))
    closes[i] = close
    let high = max(open, close) * 1.001
    let low = min(open, close) * 0.999
    let volume = 1000 + random.next() % 9_999_000
    return "{\"symbol\":\"\(names[i])\",\"ts\":\"\(stamp)\",\"open\":\(BarGenerator.cents(open)),"
      + "\"high\":\(BarGenerator.cents(high)),\"low\":\(BarGenerator.cents(low)),"
      + "\"close\":\(BarGenerator.cents(close)),\"volume\":\(volume)}\n"
  }

  public mutating func lines(_ count: Int) -> String {
    var text = ""
    text.reserveCapacity(count * 120)
    for _ in 0..<count { text += line() }
    return text
  }

  private static func cents(_ value: Double) -> String {
    let all = Int64((value * 100).rounded())
    let cents = all % 100
    return "\(all / 100).\(cents < 10 ? "0" : "")\(cents)"
  }

  /// Minutes from 2024-01-02T14:30 on, in months of 28 days: always a valid date.
  private static func time(_ minute: Int64) -> String {
    func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let total = minute + 14 * 60 + 30
    let day = total / 1440 + 1
    return
      "\(2024 + day / 336)-\(two(day / 28 % 12 + 1))-\(two(day % 28 + 1))T\(two(total / 60 % 24)):\(two(total % 60)):00Z"
  }
}
