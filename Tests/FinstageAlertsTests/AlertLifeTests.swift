import FinstageExpressions
import Testing
@testable import FinstageAlerts

/// The life of a rule for one series, record by record; times in seconds.
@Suite struct AlertLifeTests {
  private static let second: Int64 = 1_000_000_000

  private func terms(_ change: (inout AlertRule) throws -> Void = { _ in }, when: String = "x > 1") throws
    -> AlertLife.Terms
  {
    var rule = AlertRule(name: "r", when: try Expression(when))
    try change(&rule)
    return AlertLife.Terms(rule)
  }

  /// What happens at each of some times: `f` fires, `r` resolves, `a` tells again, `.` nothing. Values: 1, 0, or nil for null.
  private func run(
    _ values: [Int?], every: Int64 = 1, until: [Int?] = [], reset: [Int?] = [], _ terms: AlertLife.Terms
  ) -> String {
    var life = AlertLife()
    func code(_ value: Int?) -> Int64 { value.map { Int64($0) } ?? .min }
    return values.enumerated().map { i, value in
      switch life.step(
        Int64(i) * every * Self.second, code(value), until: code(i < until.count ? until[i] : nil),
        reset: code(i < reset.count ? reset[i] : nil), terms)
      {
      case .fires: "f"
      case .resolves: "r"
      case .repeats: "a"
      case .nothing: "."
      }
    }.joined()
  }

  @Test func aLevelLasts() throws {
    let plain = try terms()
    #expect(run([0, 1, 1, 0, 1, 0, 0], plain) == ".f.rfr.")
    #expect(run([1, nil, nil, 1, nil, 0], plain) == "f....r", "null resolves nothing")
    #expect(run([nil, nil, 1], plain) == "..f")
  }

  @Test func aMomentHasNoEnd() throws {
    #expect(run([0, 1, 0, 1, 1, 0, 1], try terms(when: "x crosses above 1")) == ".f.f..f")
    #expect(run([1, nil, 1, 0, 1], try terms(when: "x new high of 5")) == "f...f", "null is no new beginning")
    let until = try terms({ $0.until = try Expression("x < 0") }, when: "x crosses above 1")
    #expect(run([1, 0, 0, 0, 1], until: [0, 0, nil, 1, 0], until) == "f..rf")
  }

  @Test func forIsAtLeast() throws {
    let held = try terms { $0.hold = 3 * Self.second }
    #expect(run([1, 1, 1, 1, 0], held) == "...fr")
    #expect(run([1, 1, 0, 1, 1, 1, 1], held) == "......f", "false begins it anew")
    #expect(run([1, nil, nil, 1, 1], held) == "...f.", "null does not")
  }

  @Test func cooldownsHoldBack() throws {
    let cool = try terms { $0.cooldown = 5 * Self.second }
    #expect(run([1, 0, 1, 1, 1, 1, 0], cool) == "fr...fr", "what came back and still holds fires when it is over")
    #expect(run([1, 0, 1, 0, 0, 0, 0], cool) == "fr.....")
    #expect(run([1, 0, 0, 0, 0, 1], cool) == "fr...f", "exactly so long is long enough")
    let growing = try terms {
      $0.cooldown = 2 * Self.second
      $0.growth = 2
    }
    #expect(run([1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1], growing) == "frfr..fr.....", "two seconds, four, eight")
  }

  @Test func hysteresisAndRepetition() throws {
    let reset = try terms { $0.reset = try Expression("x < 0") }
    #expect(run([1, 0, 0, 0], reset: [0, 0, 1, 1], reset) == "f.r.")
    #expect(run([1, nil, 0], reset: [0, 1, 1], reset) == "f.r")
    let again = try terms { $0.repetition = 3 * Self.second }
    #expect(run([1, 1, 1, 1, 1, 1, 1, 0], again) == "f..a..ar")
    let once = try terms { $0.isOnce = true }
    #expect(run([1, 0, 1, 0, 1], once) == "fr...")
  }

  @Test func bytesOfALifeAreALife() throws {
    var life = AlertLife()
    let terms = try terms()
    _ = life.step(5, 1, until: .min, reset: .min, terms)
    #expect(AlertLife(bytes: life.bytes) == life)
    #expect(AlertLife(bytes: [1, 2, 3]) == nil)
  }
}
