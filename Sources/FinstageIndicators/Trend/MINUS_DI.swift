import FinstageCore

/// -DI, the minus directional indicator; see `DirectionalMovement`.
///
///     minus_di = 100 S(-dm) / S(true range)
///
/// Warm-up: n bars. 0 where nothing moved. As TA-Lib's MINUS_DI.
enum MinusDI {
  static let indicator = Indicator(
    "minus_di", .trend, parameters: [.period(14)], inputs: DirectionalLine.inputs,
    summary: "minus directional indicator",
    formula: "100 S(-dm) / S(true range), with Wilder's smoothed sums S",
    source: "J. W. Wilder, 1978; as TA-Lib's MINUS_DI",
    undefined: "0 where nothing moved",
    warmUp: { Int($0[0]) },
    driver: { p, _ in DirectionalLine(n: Int(p[0]), isPlus: false).driven() })
}
