import FinstageCore

/// +DI, the plus directional indicator; see `DirectionalMovement`.
///
///     plus_di = 100 S(+dm) / S(true range)
///
/// Warm-up: n bars. 0 where nothing moved. As TA-Lib's PLUS_DI.
enum PlusDI {
  static let indicator = Indicator(
    "plus_di", .trend, parameters: [.period(14)], inputs: DirectionalLine.inputs,
    summary: "plus directional indicator",
    formula: "100 S(+dm) / S(true range), with Wilder's smoothed sums S",
    source: "J. W. Wilder, 1978; as TA-Lib's PLUS_DI",
    undefined: "0 where nothing moved",
    warmUp: { Int($0[0]) },
    driver: { p, _ in DirectionalLine(n: Int(p[0]), isPlus: true).driven() })
}
