import FinstageCore

/// Time series forecast: the regression line over n bars, one bar ahead; see `WindowLine`.
///
///     tsf = intercept + slope n
///
/// Warm-up: n - 1 bars. As TA-Lib's TSF.
enum TimeSeriesForecast {
  static let indicator = Indicator(
    "tsf", .statistics, parameters: [.period(14, from: 2)], inputs: LineValue.inputs,
    summary: "regression line over n bars, one bar ahead",
    formula: "the least-squares line through the last n values, one bar after the newest",
    source: "least squares; as TA-Lib's TSF",
    warmUp: { Int($0[0]) - 1 },
    driver: { p, _ in LineValue(n: Int(p[0]), at: Int(p[0])).driven() })
}
