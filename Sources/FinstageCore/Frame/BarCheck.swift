import FinstageSystem

/// Looks for bars that a service got wrong: impossible values, and prices whose unit or split adjustment differs from
/// their neighbours'.
///
/// A finding is a suspicion. Nothing changes unless the caller takes the repaired bar.
package struct BarCheck {
  package enum Reason: String, Sendable, CaseIterable {
    /// The high is below the low.
    case highBelowLow = "high_below_low"
    /// Open or close lies outside of the range from low to high by more than a thousandth.
    case outsideRange = "outside_range"
    /// A price is zero.
    case zeroPrice = "zero_price"
    /// About a hundred times higher or lower than most other bars: pence instead of pounds.
    case unit = "unit_100x"
    /// Not adjusted for a split that follows within ten bars, unlike the bars around it.
    case split = "split_unadjusted"
    /// The adjusted close ignores a dividend that follows.
    case dividend = "dividend_unadjusted"
    /// A dividend in pounds for prices in pence: the adjusted closes imply one that is a hundred (or a thousand) times
    /// higher, or the dividend's own currency says so.
    case dividendUnit = "dividend_unit"
  }

  package struct Finding: Sendable, Equatable {
    package var reasons: [Reason]
    /// The corrected bar; nil if the correct values are unknown.
    package var repaired: Bar?
  }

  /// How many bars before a split may mix old and new prices.
  private static let splitReach = 10

  /// The currencies in whose hundredths shares are quoted, by the services' names for the hundredths.
  private static let majorUnits = ["GBp": "GBP", "GBX": "GBP", "ZAc": "ZAR", "ZAC": "ZAR", "ILA": "ILS"]

  private let bars: [Bar]
  /// What a hundred units of the prices are; nil if the prices are not in hundredths.
  private let majorUnit: String?
  private var fixed: [Bar]
  private var reasons: [Int: [Reason]] = [:]
  private var changed: Set<Int> = []

  private init(_ bars: [Bar], _ currency: String?) {
    self.bars = bars
    majorUnit = currency.flatMap { Self.majorUnits[$0] }
    fixed = bars
  }

  /// The suspicious bars, by index, of a series that is sorted by time.
  /// - Parameter currency: of the prices.
  package static func findings(_ bars: [Bar], currency: String? = nil) -> [Int: Finding] {
    var check = BarCheck(bars, currency)
    for i in bars.indices { check.single(i) }
    for i in bars.indices where bars[i].split != nil { check.split(i) }
    if check.mayMixUnits { check.units() }
    for i in bars.indices where bars[i].dividend != nil { check.dividend(i) }
    var result: [Int: Finding] = [:]
    for (i, reasons) in check.reasons {
      result[i] = Finding(reasons: reasons, repaired: check.changed.contains(i) ? check.fixed[i] : nil)
    }
    return result
  }

  private mutating func suspect(_ i: Int, _ reason: Reason) {
    if reasons[i]?.contains(reason) != true { reasons[i, default: []].append(reason) }
  }

  // MARK: - One bar

  private mutating func single(_ i: Int) {
    let bar = bars[i]
    if bar.close == 0 || bar.open == 0 || bar.high == 0 || bar.low == 0 { suspect(i, .zeroPrice) }
    guard let high = bar.high, let low = bar.low else { return }
    if high < low { return suspect(i, .highBelowLow) }
    let slack = 1e-3 * max(abs(high), abs(low))
    func isOutside(_ price: Double) -> Bool { price > high + slack || price < low - slack }
    if isOutside(bar.close) || bar.open.map(isOutside) == true { suspect(i, .outsideRange) }
  }

  // MARK: - Splits

  /// The logarithm of a close divided by the close before it; nil if either is missing or not positive.
  private func change(_ i: Int) -> Double? {
    guard i > 0, fixed[i].close > 0, fixed[i - 1].close > 0 else { return nil }
    return log(fixed[i].close / fixed[i - 1].close)
  }

  /// Prices before an n-for-one split should be divided by n; rows that are not adjusted are n times too high.
  private mutating func split(_ k: Int) {
    guard let factor = bars[k].split, factor > 0 else { return }
    let size = log(factor)
    guard abs(size) >= log(1.5) else { return }
    func isNear(_ change: Double?, _ wanted: Double) -> Bool {
      change.map { abs($0 - wanted) < abs(size) / 4 } ?? false
    }
    // `end` is the row where adjusted prices begin again, `start` the first row before it that is not adjusted.
    guard let end = (max(1, k - Self.splitReach)...max(1, k)).last(where: { $0 <= k && isNear(change($0), -size) })
    else {
      return
    }
    let start = (0..<end).last { isNear(change($0), size) } ?? 0
    for i in start..<end {
      suspect(i, .split)
      scale(i, 1 / factor)
      fixed[i].volume = bars[i].volume.map { ($0 * factor).rounded() }
    }
  }

  private mutating func scale(_ i: Int, _ factor: Double) {
    func scaled(_ price: Double) -> Double { price * factor }
    fixed[i].open = fixed[i].open.map(scaled)
    fixed[i].high = fixed[i].high.map(scaled)
    fixed[i].low = fixed[i].low.map(scaled)
    fixed[i].close = scaled(fixed[i].close)
    fixed[i].adjustedClose = fixed[i].adjustedClose.map(scaled)
    changed.insert(i)
  }

  // MARK: - Units

  /// -1, 0 or 1: a hundred times lower, about the same, a hundred times higher.
  private static func level(_ price: Double, _ other: Double) -> Int {
    guard price > 0, other > 0 else { return 0 }
    let ratio = price / other
    return (60...166).contains(ratio) ? 1 : (60...166).contains(1 / ratio) ? -1 : 0
  }

  /// Whether the prices may mix units. They rarely do, so this check is quick.
  private var mayMixUnits: Bool {
    func isFar(_ a: Double, _ b: Double) -> Bool { a > 0 && b > 0 && (a >= 60 * b || b >= 60 * a) }
    var last = 0.0
    for bar in fixed {
      let close = bar.close
      if isFar(close, last) || isFar(bar.high ?? close, bar.low ?? close) || isFar(bar.open ?? close, close)
        || isFar(bar.high ?? close, close) || isFar(bar.low ?? close, close)
      {
        return true
      }
      if close > 0 { last = close }
    }
    return false
  }

  /// Finds bars that are about a hundred times higher or lower than most others, as a whole or in some of their prices.
  private mutating func units() {
    var levels: [Int] = []
    levels.reserveCapacity(fixed.count)
    var last: Double?
    for bar in fixed {
      let jump = last.map { Self.level(bar.close, $0) } ?? 0
      levels.append((levels.last ?? 0) + jump)
      if bar.close > 0 { last = bar.close }
    }
    var counts: [Int: Int] = [:]
    for level in levels { counts[level, default: 0] += 1 }
    // The unit of most bars; if two units are equally common, the one used later.
    let most = counts.values.max() ?? 0
    guard let usual = levels.last(where: { counts[$0] == most }) else { return }
    for (i, level) in levels.enumerated() {
      if level != usual {
        suspect(i, .unit)
        if abs(level - usual) == 1 { scale(i, level > usual ? 0.01 : 100) }
      }
      unitsWithin(i)
    }
  }

  /// Checks whether some prices of a bar are in another unit than the rest.
  private mutating func unitsWithin(_ i: Int) {
    let prices = [fixed[i].open, fixed[i].high, fixed[i].low, fixed[i].close].compactMap(\.self)
    guard let low = prices.min(), let high = prices.max(), Self.level(high, low) == 1 else { return }
    suspect(i, .unit)
    // The bar before (for the first bar, the one after) shows which unit is right.
    guard let known = i > 0 ? fixed[i - 1].close : fixed.count > 1 ? fixed[i + 1].close : nil else { return }
    func inUnit(_ price: Double) -> Double {
      switch Self.level(price, known) {
      case 1: price / 100
      case -1: price * 100
      default: price
      }
    }
    fixed[i].open = fixed[i].open.map(inUnit)
    fixed[i].close = inUnit(fixed[i].close)
    // The highest price in mixed units is not necessarily the highest in one unit.
    let ends = [fixed[i].open, fixed[i].close].compactMap(\.self)
    fixed[i].high = fixed[i].high.map { price in ends.reduce(inUnit(price), max) }
    fixed[i].low = fixed[i].low.map { price in ends.reduce(inUnit(price), min) }
    fixed[i].adjustedClose = fixed[i].adjustedClose.map(inUnit)
    changed.insert(i)
  }

  // MARK: - Dividends

  /// Adjusted closes before a dividend d should be multiplied by 1 - d / c, where c is the close of the bar before it.
  private mutating func dividend(_ k: Int) {
    if let majorUnit, fixed[k].dividendCurrency == majorUnit, let amount = bars[k].dividend {
      suspect(k, .dividendUnit)
      fixed[k].dividend = amount * 100
      fixed[k].dividendCurrency = nil
      changed.insert(k)
      return
    }
    guard k > 0, let amount = bars[k].dividend, amount > 0, bars[k].split == nil, fixed[k - 1].close > 0,
      fixed[k].close > 0,
      let before = fixed[k - 1].adjustedClose, let after = fixed[k].adjustedClose, after > 0
    else { return }
    let yield = amount / fixed[k - 1].close
    let ratio = (before / fixed[k - 1].close) / (after / fixed[k].close)
    if (0.002...0.5).contains(1 - ratio) {
      let unit: Double? =
        switch (1 - ratio) / yield {
        case 60...166: 100
        case 600...1660: 1000
        default: nil
        }
      if let unit {
        suspect(k, .dividendUnit)
        fixed[k].dividend = amount * unit
        changed.insert(k)
        return
      }
    }
    guard (0.002...0.5).contains(yield), abs(ratio - 1) < 0.25 * yield else { return }
    for i in 0..<k {
      suspect(i, .dividend)
      fixed[i].adjustedClose = fixed[i].adjustedClose.map { $0 * (1 - yield) }
      changed.insert(i)
    }
  }
}
