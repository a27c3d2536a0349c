/// Where the lines of an indicator are drawn, and what is drawn with them. An indicator that is not in the table is judged by its
/// values.
struct ChartFamily: Sendable {
  /// The panel of the indicator; nil among the prices.
  let panel: String?
  /// The levels that traders look at, as lines across the panel.
  let levels: [Double]
  /// What the axis always shows.
  let range: ClosedRange<Double>?

  private init(_ panel: String?, _ levels: [Double] = [], _ range: ClosedRange<Double>? = nil) {
    self.panel = panel
    self.levels = levels
    self.range = range
  }

  /// By the name of the indicator.
  static let all: [String: ChartFamily] = {
    var all: [String: ChartFamily] = [
      "rsi": ChartFamily("rsi", [30, 70], 0...100), "stoch": ChartFamily("stoch", [20, 80], 0...100),
      "stochf": ChartFamily("stochf", [20, 80], 0...100), "stochrsi": ChartFamily("stochrsi", [20, 80], 0...100),
      "mfi": ChartFamily("mfi", [20, 80], 0...100), "willr": ChartFamily("willr", [-80, -20], -100...0),
      "ultosc": ChartFamily("ultosc", [30, 70], 0...100), "cci": ChartFamily("cci", [-100, 100]),
      "cmo": ChartFamily("cmo", [-50, 50], -100...100), "aroon": ChartFamily("aroon", [30, 70], 0...100),
      "aroonosc": ChartFamily("aroonosc", [0], -100...100), "chop": ChartFamily("chop", [38.2, 61.8], 0...100),
      "zscore": ChartFamily("zscore", [-2, 0, 2]), "vortex": ChartFamily("vortex", [1]),
    ]
    for name in ["adx", "adxr", "dx", "plus_di", "minus_di"] { all[name] = ChartFamily("adx", [25]) }
    for name in ["macd", "ppo", "apo", "mom", "roc", "roct", "change_percent", "trix", "bop", "cmf", "adosc"] {
      all[name] = ChartFamily(name, [0])
    }
    for name in ["atr", "natr", "trange", "stddev", "var", "volatility", "parkinson", "garman_klass", "obv", "ad"] {
      all[name] = ChartFamily(name)
    }
    for name in [
      "sma", "ema", "wma", "trima", "dema", "tema", "kama", "hma", "ht_trendline", "sar", "supertrend", "ichimoku",
      "bbands", "keltner", "donchian", "vwap", "linearreg", "tsf", "max", "min",
    ] { all[name] = ChartFamily(nil) }
    return all
  }()
}
