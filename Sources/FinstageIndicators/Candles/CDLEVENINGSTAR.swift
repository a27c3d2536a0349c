import FinstageSystem
import FinstageCore

/// Evening star, -100: a long white body, a short one above it, then a black one that closes well into the first; see
/// `Star`.
///
/// As TA-Lib's CDLEVENINGSTAR with its default penetration of 0.3.
enum EveningStar {
  static let indicator = candlePattern(
    "cdleveningstar", "evening star: up, a star above, down again",
    "-100 for a long white body, a short body above it, then a black body that is not short and closes below the first "
      + "close by 0.3 of the first body; --cdleveningstar-penetration sets another share",
    variations: [.real("penetration", 0.3, 0...10)],
    driver: { v in Star(isEvening: true, penetration: v[0]).driven() })
}
