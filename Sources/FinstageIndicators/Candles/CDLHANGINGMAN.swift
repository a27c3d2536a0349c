import FinstageCore

/// Hanging man: a short body with a long lower shadow, at or above the high before, -100; see `HammerShape`.
///
/// As TA-Lib's CDLHANGINGMAN.
enum HangingMan {
  static let indicator = candlePattern(
    "cdlhangingman", "hanging man: a short body on a long lower shadow, near the highs",
    "-100 for a short body, a longer lower shadow, a very short upper one, and a bottom near or above the high before",
    driver: { _ in HammerShape(isHanging: true).driven() })
}
