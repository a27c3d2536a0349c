import FinstageSystem

/// The life of a rule for one series: idle, pending, firing, or held back by its cooldown. A plain value that is stepped with each record.
///
/// A condition is true (1), false (0) or null (`.min`). Null changes nothing: it neither resolves nor restarts a `for`.
package struct AlertLife: BitwiseCopyable, Sendable, Equatable {
  package enum Phase: UInt8, Sendable {
    case idle, pending, firing, heldBack
    /// Has fired once, and never will again.
    case done
  }

  /// What a step leads to.
  package enum Outcome: Sendable {
    case nothing, fires, repeats, resolves
  }

  var phaseCode: UInt8 = 0
  /// When the condition became true.
  package private(set) var started = Int64.min
  /// When it fired last.
  package private(set) var fired = Int64.min
  /// When it was told last.
  private var told = Int64.min
  /// Until when nothing fires.
  private var quietUntil = Int64.min
  /// How many firings came soon after the one before.
  private var flaps: Int32 = 0
  /// The number of times that it has fired.
  package private(set) var count: Int32 = 0

  package init() {}

  package var phase: Phase { Phase(rawValue: phaseCode) ?? .idle }

  /// What decides when a rule fires. Spans are nanoseconds.
  package struct Terms: Sendable {
    var hold: Int64
    var cooldown: Int64
    var growth: Double
    var isOnce: Bool
    var repetition: Int64?
    var hasUntil: Bool
    var hasReset: Bool
    /// Whether its end is told.
    var hasEnd: Bool
    /// Whether no two firings have the same time.
    var isOncePerBar: Bool

    package init(_ rule: AlertRule) {
      hold = rule.hold
      cooldown = rule.cooldown
      growth = rule.growth
      isOnce = rule.isOnce
      repetition = rule.repetition
      hasUntil = rule.until != nil
      hasReset = rule.reset != nil
      hasEnd = !rule.isMomentary
      isOncePerBar = rule.timing == .oncePerBar
    }
  }

  private static let longestQuiet = 86_400.0 * 1e9 * 30

  /// Takes a record.
  package mutating func step(_ time: Int64, _ when: Int64, until: Int64, reset: Int64, _ terms: Terms) -> Outcome {
    switch phase {
    case .done: return .nothing
    case .firing:
      let isOver =
        terms.hasUntil ? until == 1 : terms.hasReset ? when == 0 && reset == 1 : when == 0
      if isOver {
        phaseCode = terms.isOnce ? Phase.done.rawValue : Phase.idle.rawValue
        return terms.hasEnd ? .resolves : .nothing
      }
      if let repetition = terms.repetition, terms.hasEnd, AlertLife.elapsed(time, told) >= repetition {
        told = time
        return .repeats
      }
      return .nothing
    case .idle:
      guard when == 1 else { return .nothing }
      started = time
      phaseCode = Phase.pending.rawValue
      return tryToFire(time, terms)
    case .pending, .heldBack:
      if when == 0 {
        phaseCode = Phase.idle.rawValue
        return .nothing
      }
      return when == 1 ? tryToFire(time, terms) : .nothing
    }
  }

  private mutating func tryToFire(_ time: Int64, _ terms: Terms) -> Outcome {
    guard AlertLife.elapsed(time, started) >= terms.hold else { return .nothing }
    // Still true when the cooldown is over: it fires then.
    if time < quietUntil || terms.isOncePerBar && time == fired {
      phaseCode = Phase.heldBack.rawValue
      return .nothing
    }
    let isSoon = fired != .min && Double(AlertLife.elapsed(time, fired)) < 2 * Double(quietUntil &- fired)
    flaps = isSoon ? flaps &+ 1 : 0
    let quiet = min(Double(terms.cooldown) * power(terms.growth, flaps), AlertLife.longestQuiet)
    quietUntil = time.addingReportingOverflow(Int64(quiet)).partialValue
    fired = time
    told = time
    count &+= 1
    phaseCode = terms.isOnce && !terms.hasEnd ? Phase.done.rawValue : Phase.firing.rawValue
    return .fires
  }

  private func power(_ factor: Double, _ exponent: Int32) -> Double {
    var result = 1.0
    for _ in 0..<max(0, min(exponent, 64)) { result *= factor }
    return result
  }

  private static func elapsed(_ time: Int64, _ since: Int64) -> Int64 {
    let (difference, overflow) = time.subtractingReportingOverflow(since)
    return overflow ? .max : difference
  }

  /// Whether a record for which the condition is neither true nor, if that is what it waits for, false can change nothing.
  /// 0: only true can; 1: anything can; 2: only false can.
  package func attention(_ terms: Terms) -> UInt8 {
    switch phase {
    case .idle, .done: 0
    case .firing: terms.hasUntil || terms.hasReset || terms.repetition != nil ? 1 : 2
    case .pending, .heldBack: 1
    }
  }
}
