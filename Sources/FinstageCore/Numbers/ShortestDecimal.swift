/// The shortest decimal that reads back to a given double, and the closest to it among those.
///
/// The method is Schubfach (R. Giulietti, "The Schubfach way to render doubles", 2020): scale the interval of reals
/// that round to the double by one 128-bit power of ten and pick the shortest decimal inside. The scaled bounds are the
/// scaled centre plus and minus one shifted power, so one wide product serves all three values.
struct ShortestDecimal {
  /// The value is `digits` times 10^`exponent`; the digits may end in zeros.
  package var digits: UInt64
  package var exponent: Int

  /// - Parameter magnitude: bits of a finite double above zero, without the sign.
  @inline(__always)
  package init(magnitude bits: UInt64, powers: PowersOfTen.Table) {
    let fraction = bits & 0x000F_FFFF_FFFF_FFFF
    let biased = Int(bits >> 52)
    let c: UInt64
    let q: Int
    if biased != 0 {
      c = fraction | 1 << 52
      q = biased &- 1075
      // An integer below 2^53 is its own shortest decimal.
      if q <= 0 && q > -53 && c & ((1 &<< UInt64(-q)) &- 1) == 0 {
        digits = c &>> UInt64(-q)
        exponent = 0
        return
      }
    } else {
      c = fraction
      q = -1074
    }
    let closerBelow = fraction == 0 && biased > 1
    let odd: UInt64 = c & 1

    let k = (q &* 1_262_611 &- (closerBelow ? 524_031 : 0)) >> 22
    let h = UInt64(truncatingIfNeeded: q &+ PowersOfTen.binaryExponent(-k) &+ 1)
    var (high, low) = powers[-k]
    if !PowersOfTen.isExact(-k) {
      low &+= 1
      if low == 0 { high &+= 1 }
    }

    // centre = g * (4c << h), a 192-bit product (p2, p1, p0); the bounds are that -+ g << (h + 1).
    let scaled = (c << 2) &<< h
    let lowProduct = low.multipliedFullWidth(by: scaled)
    let highProduct = high.multipliedFullWidth(by: scaled)
    let p0 = lowProduct.low
    let (p1, carry1) = highProduct.low.addingReportingOverflow(lowProduct.high)
    let p2 = highProduct.high &+ (carry1 ? 1 : 0)

    // 1 <= h <= 4, so no shift here reaches 64.
    let up = h &+ 1
    let u0 = low &<< up
    let u1 = high &<< up | low &>> (64 &- up)
    let u2 = high &>> (64 &- up)
    let down = closerBelow ? h : up
    let d0 = low &<< down
    let d1 = high &<< down | low &>> (64 &- down)
    let d2 = high &>> (64 &- down)

    let overflow0 = p0.addingReportingOverflow(u0).overflow
    let (s1, overflow1) = p1.addingReportingOverflow(u1)
    let (s1c, overflow1c) = s1.addingReportingOverflow(overflow0 ? 1 : 0)
    let s2 = p2 &+ u2 &+ (overflow1 ? 1 : 0) &+ (overflow1c ? 1 : 0)
    let borrow0 = p0.subtractingReportingOverflow(d0).overflow
    let (t1, borrow1) = p1.subtractingReportingOverflow(d1)
    let (t1b, borrow1b) = t1.subtractingReportingOverflow(borrow0 ? 1 : 0)
    let t2 = p2 &- d2 &- (borrow1 ? 1 : 0) &- (borrow1b ? 1 : 0)

    // Rounding to odd keeps "a bit more than" apart from "exactly".
    let centre = p2 | (p1 > 1 ? 1 : 0)
    let lower = (t2 | (t1b > 1 ? 1 : 0)) &+ odd
    let upper = (s2 | (s1c > 1 ? 1 : 0)) &- odd

    // Compute both candidates and pick one without a branch: the choice looks random to a processor.
    let s = centre >> 2
    let tenth = s / 10
    let tens = 40 &* tenth
    let tenthInside = lower <= tens
    let nextTenthInside = tens &+ 40 <= upper
    let isShorter = (s >= 10) & (tenthInside != nextTenthInside)
    let shorter = (tenth &+ (nextTenthInside ? 1 : 0)) &* 10

    let four = s << 2
    let floorInside = lower <= four
    let ceilingInside = four &+ 4 <= upper
    let middle = four &+ 2
    let roundsUp = (centre > middle) | ((centre == middle) & (s & 1 == 1))
    let isOne = floorInside != ceilingInside
    let longer = s &+ ((isOne & ceilingInside) | (!isOne & roundsUp) ? 1 : 0)

    digits = isShorter ? shorter : longer
    exponent = k
  }
}

extension Bool {
  @inline(__always)
  fileprivate static func & (a: Bool, b: Bool) -> Bool { (a ? 1 : 0) & (b ? 1 : 0) != 0 }

  @inline(__always)
  fileprivate static func | (a: Bool, b: Bool) -> Bool { (a ? 1 : 0) | (b ? 1 : 0) != 0 }
}
