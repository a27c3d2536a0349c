/// One summary of each series, from its newest bar: what indicators say of it, the signals of that bar, the sentiment.
///
/// A value whose window is longer than the series is null.
public final class AnalysisReport {
  /// The indicators that a report needs; a set must have these, in this order, and look for signals.
  public static var requests: [IndicatorRequest] {
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

  public init(_ set: IndicatorSet) {
    columns = Dictionary(uniqueKeysWithValues: set.names.enumerated().map { ($1, $0) })
  }

  /// Takes a batch, after `set` has been applied to it.
  public func take(_ batch: Batch, _ set: IndicatorSet, _ symbols: SymbolTable) {
    let rsi = columns["rsi_14"] ?? 0
    for bar in 0..<batch.bars where !set.order.excluded.contains(bar) {
      let price = set.input(.field, of: bar, in: batch)
      guard price.magnitude <= largestInput else { continue }
      let series = set.series(of: bar, in: batch)
      while rows.count <= series { rows.append(Row()) }
      if rows[series].bars == 0, symbols.count > series { rows[series].symbol = symbols.name(series) }
      // A bar that takes the place of the last one has the same bar before it.
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

  /// Writes a line for each series, or one line for all of them.
  public func write(to sink: ByteSink, asOne: Bool) throws(OutputError) {
    let series = rows.filter { $0.bars > 0 }
    guard asOne else {
      for row in series { try sink.write(text(row) + "\n") }
      return
    }
    let newest = series.compactMap(\.stamp).max()
    try sink.write(
      "{\"type\":\"analysis_batch\",\"ts\":\(newest.map { "\"\(Timestamp.string($0))\"" } ?? "null"),"
        + "\"analyzed_symbols\":\(series.count),\"results\":{")
    for (i, row) in series.enumerated() {
      try sink.write("\(i > 0 ? "," : "")\(AnalysisReport.quoted(row.symbol)):\(text(row))")
    }
    try sink.write("}}\n")
  }

  private static func quoted(_ text: String) -> String { String(decoding: JSONText.quoted(text), as: UTF8.self) }

  private func text(_ row: Row) -> String {
    func value(_ name: String) -> Double { columns[name].map { row.values[$0] } ?? .nan }
    func number(_ value: Double) -> String { value.isFinite ? NumberText.string(value) : "null" }
    func member(_ name: String, _ column: String) -> String { "\"\(name)\":\(number(value(column)))" }
    let time = row.stamp.map {
      let second = Timestamp.nanosecondsPerSecond
      return
        "\"\(row.isDated ? Timestamp.dateString(day: Timestamp.day(ofSecond: $0 / second)) : Timestamp.string($0))\""
    }
    let averages = [5, 10, 20, 50, 200].map { member("\($0)", "sma_\($0)") }.joined(separator: ",")
    let exponential = [12, 26].map { member("\($0)", "ema_\($0)") }.joined(separator: ",")
    let signals = ["ma", "rsi", "bb", "macd", "stoch", "volume"].map { kind in
      let names = row.signals.filter { AnalysisReport.kind(of: $0) == kind }.map(AnalysisReport.quoted)
      return "\"\(kind)\":[\(names.joined(separator: ","))]"
    }
    var text = "{\"type\":\"analysis\",\"symbol\":\(AnalysisReport.quoted(row.symbol)),\"ts\":\(time ?? "null"),"
    text += "\"bars\":\(row.bars),\"current_price\":\(number(row.price)),"
    text += member("price_change_pct", "change_percent") + ",\"indicators\":{"
    text += "\"sma\":{\(averages)},\"ema\":{\(exponential)},"
    text += "\"rsi\":{\(member("current", "rsi_14")),\"previous\":\(number(row.previousRSI))},"
    text += "\"macd\":{\(member("macd", "macd_12_26_9")),\(member("signal", "macd_signal_12_26_9")),"
    text += "\(member("histogram", "macd_hist_12_26_9"))},"
    text += "\"bollinger\":{\(member("upper", "bb_upper_20_2")),\(member("middle", "bb_middle_20_2")),"
    text += "\(member("lower", "bb_lower_20_2")),\"position\":\(number(position(row, value)))},"
    text += "\"stochastic\":{\(member("k_percent", "stoch_k_14_3_3")),\(member("d_percent", "stoch_d_14_3_3"))},"
    text += "\"volume\":{\"current\":\(number(row.volume)),\(member("sma_20", "volume_sma_20")),"
    text += "\(member("ratio", "volume_ratio_20"))}},"
    text += "\"signals\":{\(signals.joined(separator: ","))},\"sentiment\":\(sentiment(row, value))}"
    return text
  }

  /// Where the price lies between the bands, in percent; null where they have no width.
  private func position(_ row: Row, _ value: (String) -> Double) -> Double {
    let lower = value("bb_lower_20_2")
    return 100 * ((row.price - lower) / (value("bb_upper_20_2") - lower))
  }

  private func sentiment(_ row: Row, _ value: (String) -> Double) -> String {
    guard !value("sentiment_score").isNaN else { return "null" }
    let scores = Sentiment.Scores(
      x: row.price, rsi: value("rsi_14"), macd: value("macd_12_26_9"), signal: value("macd_signal_12_26_9"),
      k: value("stoch_k_14_3_3"), d: value("stoch_d_14_3_3"), sma20: value("sma_20"), sma50: value("sma_50"),
      volumeRatio: value("volume_ratio_20"))
    return "{\"sentiment\":\"\(scores.words)\",\"score\":\(scores.total),\"min_score\":-\(Sentiment.Scores.largest),"
      + "\"max_score\":\(Sentiment.Scores.largest),\"ratio\":\(NumberText.string(scores.ratio)),"
      + "\"individual_scores\":{\"rsi\":\(scores.rsi),\"macd\":\(scores.macd),\"stochastic\":\(scores.stochastic),"
      + "\"moving_averages\":\(scores.average),\"volume\":\(scores.volume)}}"
  }

  /// What a signal is about: the first part of its name, and `ma` for averages and crosses of them.
  private static func kind(of signal: String) -> String {
    if signal.hasSuffix("volume") || signal.hasPrefix("volume") { return "volume" }
    for kind in ["rsi", "bb", "macd", "stoch"] where signal.hasPrefix(kind + "_") { return kind }
    return "ma"
  }
}
