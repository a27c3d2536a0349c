import FinstageCore

/// The end of the regression line over n bars; see `WindowLine`.
///
///     linearreg = intercept + slope (n - 1)
///
/// Warm-up: n - 1 bars. As TA-Lib's LINEARREG.
enum LinearRegression {
  static let indicator = Indicator(
    "linearreg", .statistics, parameters: [.period(14, from: 2)], inputs: LineValue.inputs,
    summary: "end of the regression line over n bars",
    formula: "the least-squares line through the last n values, at the newest one",
    source: "least squares; as TA-Lib's LINEARREG",
    warmUp: { Int($0[0]) - 1 },
    driver: { p, _ in LineValue(n: Int(p[0]), at: Int(p[0]) - 1).driven() })
}
