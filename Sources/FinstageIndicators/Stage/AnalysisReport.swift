import FinstageCore

/// One summary of each series at its newest bar: its indicators, its signals and its sentiment.
///
/// A value whose window is longer than the series is null.
package final class AnalysisReport {
  /// The indicators that a report needs. A set must have these indicators, in this order, and look for signals.
  package static var requests: [IndicatorRequest] {
    let specifications = [
      "sma:5,10,20,50,200", "ema:12,26", "rsi:14", "macd:12,26,9", "bbands:20,2", "stoch:14,3,3", "volume_sma:20",
      "change_percent", "sentiment",
    ]
    return specifications.flatMap { (try? IndicatorRequest.parse(specification: $0)) ?? [] }
  }

  private struct Row {
    var symbol = ""
    var bars = 0
    var stamp: Int64?
    var isDated = true
    var price = Double.nan
    var volume = Double.nan
    var previousRSI = Double.nan
    var values: [Double] = []
    var signals: [String] = []
  }

  private var rows: [Row] = []
  private let columns: [String: Int]

  package init(_ set: IndicatorSet) {
    columns = Dictionary(uniqueKeysWithValues: set.names.enumerated().map { ($1, $0) })
  }

  /// Takes a batch, after `set` has been applied to it.
  package func take(_ batch: Batch, _ set: IndicatorSet, _ symbols: SymbolTable) {
    let rsi = columns["rsi_14"] ?? 0
    for bar in 0..<batch.bars where !set.order.excluded.contains(bar) {
      let price = set.input(.field, of: bar, in: batch)
      guard price.magnitude <= largestInput else { continue }
      let series = set.series(of: bar, in: batch)
      while rows.count <= series { rows.append(Row()) }
      if rows[series].bars == 0, symbols.count > series { rows[series].symbol = symbols.name(series) }
      // A revision replaces the last bar, so the bar before stays the same.
      if !set.order.revisions.contains(bar) {
        rows[series].bars += 1
        if !rows[series].values.isEmpty { rows[series].previousRSI = rows[series].values[rsi] }
      }
      rows[series].stamp = set.stamp(of: bar, in: batch)
      if let stamp = rows[series].stamp, stamp % (Timestamp.secondsPerDay * Timestamp.nanosecondsPerSecond) != 0 {
        rows[series].isDated = false
      }
      rows[series].price = price
      rows[series].volume = set.input(.volume, of: bar, in: batch)
      if rows[series].values.isEmpty { rows[series].values = [Double](repeating: .nan, count: columns.count) }
      for i in rows[series].values.indices { rows[series].values[i] = batch.results[i].doubles[bar] }
      rows[series].signals = set.signalNames(of: bar, in: batch)
    }
  }

  /// A record for each series, or one record for all of them.
  package func records(asOne: Bool) -> [JSONValue] {
    let series = rows.filter { $0.bars > 0 }
    guard asOne else { return series.map(record) }
    return [
      [
        "type": "analysis_batch", "ts": JSONValue(series.compactMap(\.stamp).max().map { Timestamp.string($0) }),
        "analyzed_symbols": JSONValue(series.count), "results": .object(series.map { ($0.symbol, record($0)) }),
      ]
    ]
  }

  private func record(_ row: Row) -> JSONValue {
    func value(_ name: String) -> Double { columns[name].map { row.values[$0] } ?? .nan }
    func number(_ column: String) -> JSONValue { .number(value(column)) }
    let time = row.stamp.map { stamp in
      row.isDated
        ? Timestamp.dateString(day: Timestamp.day(ofSecond: stamp / Timestamp.nanosecondsPerSecond))
        : Timestamp.string(stamp)
    }
    let signals = ["ma", "rsi", "bb", "macd", "stoch", "volume"].map { kind in
      (key: kind, value: JSONValue(row.signals.filter { AnalysisReport.kind(of: $0) == kind }))
    }
    let indicators: JSONValue = [
      "sma": .object([5, 10, 20, 50, 200].map { ("\($0)", number("sma_\($0)")) }),
      "ema": .object([12, 26].map { ("\($0)", number("ema_\($0)")) }),
      "rsi": ["current": number("rsi_14"), "previous": .number(row.previousRSI)],
      "macd": [
        "macd": number("macd_12_26_9"), "signal": number("macd_signal_12_26_9"),
        "histogram": number("macd_hist_12_26_9"),
      ],
      "bollinger": [
        "upper": number("bb_upper_20_2"), "middle": number("bb_middle_20_2"), "lower": number("bb_lower_20_2"),
        "position": .number(position(row, value)),
      ],
      "stochastic": ["k_percent": number("stoch_k_14_3_3"), "d_percent": number("stoch_d_14_3_3")],
      "volume": [
        "current": .number(row.volume), "sma_20": number("volume_sma_20"), "ratio": number("volume_ratio_20"),
      ],
    ]
    return [
      "type": "analysis", "symbol": .string(row.symbol), "ts": JSONValue(time), "bars": JSONValue(row.bars),
      "current_price": .number(row.price), "price_change_pct": number("change_percent"), "indicators": indicators,
      "signals": .object(signals), "sentiment": sentiment(row, value),
    ]
  }

  /// The position of the price between the bands, in percent; null if the bands have no width.
  private func position(_ row: Row, _ value: (String) -> Double) -> Double {
    let lower = value("bb_lower_20_2")
    return 100 * ((row.price - lower) / (value("bb_upper_20_2") - lower))
  }

  private func sentiment(_ row: Row, _ value: (String) -> Double) -> JSONValue {
    guard !value("sentiment_score").isNaN else { return .null }
    let scores = Sentiment.Scores(
      x: row.price, rsi: value("rsi_14"), macd: value("macd_12_26_9"), signal: value("macd_signal_12_26_9"),
      k: value("stoch_k_14_3_3"), d: value("stoch_d_14_3_3"), sma20: value("sma_20"), sma50: value("sma_50"),
      volumeRatio: value("volume_sma_20") == 0 ? .nan : value("volume_ratio_20"))
    return [
      "sentiment": .string(scores.words), "score": JSONValue(scores.total),
      "min_score": JSONValue(-Sentiment.Scores.largest),
      "max_score": JSONValue(Sentiment.Scores.largest), "ratio": .number(scores.ratio),
      "individual_scores": [
        "rsi": JSONValue(scores.rsi), "macd": JSONValue(scores.macd), "stochastic": JSONValue(scores.stochastic),
        "moving_averages": JSONValue(scores.average), "volume": JSONValue(scores.volume),
      ],
    ]
  }

  /// The group of a signal: `volume`, the first part of its name, or `ma` for averages and their crosses.
  private static func kind(of signal: String) -> String {
    if signal.hasSuffix("volume") || signal.hasPrefix("volume") { return "volume" }
    for kind in ["rsi", "bb", "macd", "stoch"] where signal.hasPrefix(kind + "_") { return kind }
    return "ma"
  }
}
