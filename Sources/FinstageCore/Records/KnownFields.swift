/// The fields that finstage itself writes: what they are does not depend on the records that come first.
package enum KnownFields {
  /// Fields that are numbers with decimals, also where the first ones are whole: shares in yen come before shares in dollars.
  private static let prices: Set<String> = [
    "open", "high", "low", "close", "adj_close", "price", "previous_close", "previous_high", "previous_low", "change",
    "change_percent", "dividend", "split", "capital_gain",
    // Of tasks, attempts and workers.
    "execution_time", "last_seconds", "per_second", "progress", "success_rate", "system_seconds", "user_seconds",
  ]

  package static func isPrice(_ name: String) -> Bool { prices.contains(name) }

  /// Whether a field of which only nulls are known is a number: prices, volumes, and indicators, whose names end in their parameters
  /// (`sma_20`, `bb_upper_20_2`) and which are null until they are warm.
  package static func isNumber(_ name: String) -> Bool {
    if prices.contains(name) || indicators.contains(name) { return true }
    // The last parameter may be a period: roct_1d.
    guard let mark = name.lastIndex(of: "_"), let last = name[name.index(after: mark)...].utf8.first,
      last &- UInt8(ascii: "0") <= 9, let first = name.utf8.first, (first | 0x20) &- UInt8(ascii: "a") < 26
    else { return false }
    return name.utf8.last.map { $0 &- UInt8(ascii: "0") <= 9 } == true || "smhd".utf8.contains(name.utf8.last!)
  }

  /// Numbers whose names have no parameters.
  private static let indicators: Set<String> = [
    "volume", "obv", "ad", "bop", "trange", "vwap", "vwap_session", "ht_trendline", "drawdown", "sentiment_score",
    "sentiment_ratio",
  ]

  private static let texts: Set<String> = [
    "type", "symbol", "interval", "currency", "dividend_currency", "suspect", "repaired", "market_state", "title",
    "link", "source", "guid", "error", "group", "item", "note", "reason", "schedule", "unique", "worker_id",
  ]

  /// Numbers and times of tasks, attempts, workers and schedules that may be null for long.
  private static let integers: Set<String> = [
    "batch", "exit_status", "last_status", "last_task", "limit", "log_bytes", "output_bytes", "peak_memory_bytes",
    "pid",
    "waiting_for",
  ]
  private static let times: Set<String> = [
    "added_at", "completed_at", "due_at", "ended_at", "instant", "last_instant", "next", "started_at",
  ]

  /// What a field is of which no value is known yet; nil if that is open.
  package static func kind(_ name: String) -> Field.Kind? {
    if texts.contains(name) { return .text }
    if integers.contains(name) { return .int64 }
    if times.contains(name) { return .timestamp }
    if isSignal(name) { return .json }
    return isNumber(name) ? .float64 : nil
  }

  package static func isSignal(_ name: String) -> Bool { name == "signals" || name == "signal_strengths" }

  /// The fields that bars of finstage have on few days only.
  private static let rare = [
    "dividend", "dividend_currency", "split", "capital_gain", "suspect", "repaired", "signals", "signal_strengths",
  ]

  /// Whether records with these fields are bars of finstage.
  package static func areBars(_ names: [String]) -> Bool {
    let known = Set(names)
    return known.isSuperset(of: ["symbol", "ts", "open", "high", "low", "close"])
      && !known.isDisjoint(with: ["interval", "currency", "adj_close"])
  }

  /// The fields that records with these fields may have later; none if they are not bars of finstage.
  package static func rareFields(besides names: [String]) -> [Field] {
    guard areBars(names) else { return [] }
    let known = Set(names)
    return rare.filter { !known.contains($0) }.map { Field($0, kind($0)!, .optional) }
  }
}
