import FinstageSystem
import FinstageCore

/// Morning star, 100: a long black body, a short one below it, then a white one that closes well into the first; see
/// `Star`.
///
/// As TA-Lib's CDLMORNINGSTAR with its default penetration of 0.3.
enum MorningStar {
  static let indicator = candlePattern(
    "cdlmorningstar", "morning star: down, a star below, up again",
    "100 for a long black body, a short body below it, then a white body that is not short and closes above the first "
      + "close by 0.3 of the first body; --cdlmorningstar-penetration sets another share",
    variations: [.real("penetration", 0.3, 0...10)],
    driver: { v in Star(isEvening: false, penetration: v[0]).driven() })
}
