import FinstageCore

/// Hammer: a short body with a long lower shadow, at or below the low before, 100; see `HammerShape`.
///
/// As TA-Lib's CDLHAMMER.
enum Hammer {
  static let indicator = candlePattern(
    "cdlhammer", "hammer: a short body on a long lower shadow, near the lows",
    "100 for a short body, a longer lower shadow, a very short upper one, and a bottom near or below the low before",
    driver: { _ in HammerShape(isHanging: false).driven() })
}
