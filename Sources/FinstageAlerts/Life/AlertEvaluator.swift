import FinstageCore
import FinstageExpressions
import FinstageSystem

/// Rules over the batches of a stream: runs their conditions, steps their lives, and says what there is to tell.
package final class AlertEvaluator {
  package let rules: [AlertRule]
  package let fields: [Field]
  /// The records of other types than these pass.
  package static let recordTypes = ["bar", "quote", "snapshot", "ath", "metric"]

  let key: String?
  let keyColumn: Int?
  let timeColumn: Int
  /// The field that tells metrics apart, if a condition asks for it.
  let metricColumn: Int?
  var pairs: [Pair: Int64] = [:]
  /// The conditions of each rule: a program each, so that a changed rule forgets nothing of the others.
  let expressions: [[Expression]]
  let places: [(until: Int?, reset: Int?, between: Int?)]
  let tellers: [AlertTeller]
  let watches: [SilenceWatch]
  let terms: [AlertLife.Terms]
  var runners: [BatchExpressions] = []
  var symbols = SymbolTable()
  /// For each rule the lives of the series, and what of a record can change them.
  var lives: [LifeTable]
  /// The series for which a rule that inhibits others fires.
  var firingInhibitors: Set<RuleAndSeries> = []
  let inhibitors: [[Int]]
  let inhibits: [Bool]
  /// The last values of fields that other records of the series bring: previous closes, highs.
  let carried: [Int]
  var carriedValues: [[Double]] = []
  /// The newest time of each series, to leave out bars that come again or too late.
  var newest: [Int64] = []
  /// How far an earlier run has taken each series.
  var restored: [Watermark?] = []
  /// Whether records are told apart by what they say, for a later run.
  package var remembersRecords = false
  /// What the newest records of each series, all of the newest time, say.
  var newestRecords: [RecentRecords] = []
  /// For rules that look at complete bars alone.
  let closedBars: ClosedBars?
  package private(set) var outOfOrder = 0
  package private(set) var seenBefore = 0
  package private(set) var evaluations = 0

  struct RuleAndSeries: Hashable {
    var rule: Int
    var series: Int
  }

  /// What snapshots and highs say, for the quotes and bars that follow them.
  static let baselines: Set<String> = [
    "previous_close", "previous_high", "previous_low", "all_time_high", "all_time_low",
  ]

  /// - Parameter key: the field that tells series apart; nil for one series.
  package init(_ all: [AlertRule], by key: String?) {
    let rules = all.filter(\.isEnabled)
    self.rules = rules
    self.key = key
    expressions = rules.map { $0.conditions.map(\.expression) }
    places = rules.map { rule in
      let keys = rule.conditions.map(\.key)
      return (keys.firstIndex(of: "until"), keys.firstIndex(of: "reset"), keys.firstIndex(of: "between"))
    }
    terms = rules.map { AlertLife.Terms($0) }
    lives = rules.map { _ in LifeTable() }
    var fields = [Field("ts", .timestamp, .optional)]
    if let key { fields.insert(Field(key, .symbol, .optional), at: 0) }
    var kinds: [String: Field.Kind] = [:]
    for expression in expressions.joined() { expression.inferKinds(into: &kinds) }
    let own: Set<String> = ["rule", "severity", "state", "id"]
    var known = Set(fields.map(\.name))
    for name in expressions.joined().flatMap(\.fields) + rules.flatMap({ $0.message?.fields ?? [] })
    where !own.contains(name) && known.insert(name).inserted {
      fields.append(Field(name, kinds[name] ?? KnownFields.kind(name) ?? .float64, .optional))
    }
    // Splits and dividends are no moves of a price.
    if expressions.joined().contains(where: \.looksAtMoves) {
      for name in ["split", "dividend", "capital_gain"] where !fields.contains(where: { $0.name == name }) {
        fields.append(Field(name, .float64, .optional))
      }
    }
    self.fields = fields
    keyColumn = key == nil ? nil : 0
    timeColumn = key == nil ? 0 : 1
    metricColumn = fields.firstIndex { ["metric", "name"].contains($0.name) && $0.kind == .text }
    carried = fields.indices.filter {
      AlertEvaluator.baselines.contains(fields[$0].name) && fields[$0].kind == .float64
    }
    carriedValues = carried.map { _ in [] }
    var inhibitorsByName: [String: [Int]] = [:]
    for (i, rule) in rules.enumerated() { for name in rule.inhibits { inhibitorsByName[name, default: []].append(i) } }
    inhibitors = rules.map { inhibitorsByName[$0.name] ?? [] }
    inhibits = rules.map { !$0.inhibits.isEmpty }
    watches = rules.map { _ in SilenceWatch() }
    closedBars =
      rules.contains { $0.timing == .close }
      ? ClosedBars(fields: fields, timeColumn: timeColumn, keyColumn: keyColumn) : nil
    let all = fields
    tellers = rules.map { AlertTeller($0, all, key: key) }
  }

  package func begin(_ symbols: SymbolTable) throws {
    self.symbols = symbols
    runners = []
    for (rule, expressions) in zip(rules, expressions) {
      do {
        runners.append(try BatchExpressions(expressions, fields: fields, symbols: symbols, by: key))
      } catch let failure as Expression.Failure {
        throw RulesFile.Failure(place: rule.place, message: "rule \"\(rule.name)\": \(failure.sentence)")
      }
    }
  }

  /// The values of fields before the first record: previous closes and highs out of a store.
  package func setBaseline(_ symbol: String, _ values: [String: Double]) {
    let series = number(of: symbol)
    for (i, column) in carried.enumerated() {
      guard let value = values[fields[column].name] else { continue }
      grow(&carriedValues[i], series, .nan)
      carriedValues[i][series] = value
    }
  }

  /// The number of a series by its name.
  package func number(of symbol: String) -> Int { keyColumn == nil ? 0 : textNumber(symbol) }

  func textNumber(_ symbol: String) -> Int {
    let padded = Array(symbol.utf8) + [UInt8](repeating: 0, count: 8)
    return padded.withUnsafeBufferPointer { symbols.intern($0.baseAddress!, symbol.utf8.count) }
  }

  package func name(of series: Int) -> String { keyColumn == nil ? "" : symbols.name(series) }

  func grow<Value>(_ array: inout [Value], _ index: Int, _ value: Value) {
    if index >= array.count { array += [Value](repeating: value, count: max(index + 1 - array.count, array.count)) }
  }

  /// Takes the rows of a batch; returns what there is to tell, in the order of the rows.
  package func take(_ batch: Batch) -> [(row: Int, event: AlertEvent)] {
    guard !runners.isEmpty, batch.bars > 0 else { return [] }
    nameSeries(batch)
    let ranges = rowsInOrder(batch)
    carry(batch)
    var found: [Hit] = []
    step(ranges, batch, &found) { $0.timing != .close }
    if let closedBars {
      closedBars.take(ranges, of: batch)
      var late: [Hit] = []
      if closedBars.batch.bars > 0 {
        step([0..<closedBars.batch.bars], closedBars.batch, &late) { $0.timing == .close }
      }
      for var hit in late {
        hit.row = closedBars.closedBy[hit.place]
        hit.isOfClosedBar = true
        found.append(hit)
      }
    }
    for rule in rules.indices where rules[rule].silence != nil { listen(rule, ranges, batch, &found) }
    if found.isEmpty { return [] }
    // In the order of the records; of one record, what inhibits others first.
    found.sort { a, b in
      if a.row != b.row { return a.row < b.row }
      if inhibits[a.rule] != inhibits[b.rule] { return inhibits[a.rule] }
      return a.rule < b.rule
    }
    return found.map { ($0.row, event($0, $0.isOfClosedBar ? closedBars!.batch : batch)) }
  }

  /// Runs the conditions of rules over rows.
  func step(
    _ ranges: [Range<Int>], _ batch: Batch, _ found: inout [Hit], of isWanted: (AlertRule) -> Bool
  ) {
    let times = batch.columns[timeColumn].integers
    let hasTime = batch.columns[timeColumn].present
    let series = keyColumn.map { batch.columns[$0].integers }
    let now = Int64(SystemClock.wall * 1e9)
    let wanted = rules.indices.filter { isWanted(rules[$0]) }
    for range in ranges {
      evaluations += range.count * wanted.count
      for index in wanted {
        let terms = terms[index]
        let table = lives[index]
        let places = places[index]
        let elsewhere = rules[index].isMomentary ? 0 : Int64.min
        runners[index].eachChunk(of: range, in: batch) { start, count, result in
          let when = result(0)
          let until = places.until.map(result)
          let reset = places.reset.map(result)
          let between = places.between.map(result)
          for i in 0..<count {
            let row = start &+ i
            let id = series.map { Int($0[row]) } ?? 0
            if id >= table.capacity { table.grow(id) }
            let attention = table.attention[id]
            var value = when[i]
            if let between, between[i] != 1 { value = elsewhere }
            // Most records change nothing.
            if attention == 0 ? value != 1 : attention == 2 && value != 0 { continue }
            let time = hasTime[row] != 0 ? times[row] : now
            let outcome = table.lives![id].step(
              time, value, until: until?[i] ?? Int64.min, reset: reset?[i] ?? Int64.min, terms)
            table.attention[id] = table.lives![id].attention(terms)
            if outcome != .nothing {
              found.append(
                Hit(row: row, place: row, rule: index, outcome: outcome, life: table.lives![id], series: id, time: time)
              )
            }
          }
        }
      }
    }
  }

  /// A step of a life that leads to something.
  struct Hit {
    /// The row after which it is told.
    var row: Int
    /// The row that it is about, and whether that is one of a complete bar.
    var place: Int
    var isOfClosedBar = false
    var rule: Int
    var outcome: AlertLife.Outcome
    var life: AlertLife
    var series: Int
    var time: Int64
  }

  /// Completes rows with what earlier records of their series have said.
  func carry(_ batch: Batch) {
    guard !carried.isEmpty else { return }
    let series = keyColumn.map { batch.columns[$0].integers }
    for (i, column) in carried.enumerated() {
      let values = batch.columns[column].doubles
      let present = batch.columns[column].present
      for row in 0..<batch.bars {
        let id = series.map { Int($0[row]) } ?? 0
        grow(&carriedValues[i], id, .nan)
        if present[row] != 0 {
          carriedValues[i][id] = values[row]
        } else if !carriedValues[i][id].isNaN {
          values[row] = carriedValues[i][id]
          present[row] = 1
        }
      }
    }
  }

  /// Rows without a key are a series of their own, and so is each metric of a key.
  func nameSeries(_ batch: Batch) {
    guard let keyColumn else { return }
    let column = batch.columns[keyColumn]
    if !column.isComplete(0, batch.bars) {
      let nameless = Int64(number(of: ""))
      for row in 0..<batch.bars where !column.hasValue(row) { column.integers[row] = nameless }
    }
    guard let metricColumn else { return }
    let metrics = batch.columns[metricColumn]
    for row in 0..<batch.bars where metrics.hasValue(row) {
      let pair = Pair(key: column.integers[row], metric: metrics.integers[row])
      if let known = pairs[pair] {
        column.integers[row] = known
      } else {
        let name = symbols.name(Int(pair.metric)) + AlertEvaluator.mark + symbols.name(Int(pair.key))
        let made = Int64(number(of: name))
        pairs[pair] = made
        column.integers[row] = made
      }
    }
  }

  struct Pair: Hashable {
    var key: Int64
    var metric: Int64
  }

  /// Between the name of a metric and that of a key.
  static let mark = "\u{1}"

  /// The key of a series, for people.
  func symbol(of series: Int) -> String {
    let name = name(of: series)
    guard metricColumn != nil, let mark = name.firstIndex(of: Character(AlertEvaluator.mark)) else { return name }
    return String(name[name.index(after: mark)...])
  }

  /// The rows that are not older than others of their series, and have not been taken by an earlier run.
  func rowsInOrder(_ batch: Batch) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var start = 0
    let times = batch.columns[timeColumn].integers
    let hasTime = batch.columns[timeColumn].present
    let series = keyColumn.map { batch.columns[$0].integers }
    for row in 0..<batch.bars where hasTime[row] != 0 {
      let id = series.map { Int($0[row]) } ?? 0
      grow(&newest, id, .min)
      var isSeen = false
      if id < restored.count, let mark = restored[id] {
        isSeen = times[row] < mark.time || times[row] == mark.time && mark.has(fingerprint(row, batch))
      }
      if times[row] >= newest[id], !isSeen {
        if remembersRecords {
          if id >= newestRecords.count { grow(&newestRecords, id, RecentRecords()) }
          if times[row] != newest[id] { newestRecords[id].clear() }
          newestRecords[id].add(fingerprint(row, batch))
        }
        newest[id] = times[row]
        continue
      }
      if isSeen { seenBefore += 1 } else { outOfOrder += 1 }
      if row > start { ranges.append(start..<row) }
      start = row + 1
    }
    if start < batch.bars { ranges.append(start..<batch.bars) }
    return ranges
  }

  /// A number for what a record says of the fields that are looked at, the same in every process.
  func fingerprint(_ row: Int, _ batch: Batch) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for (i, column) in batch.columns.enumerated() where i != keyColumn && i != timeColumn {
      var bits: UInt64 = 1
      if column.hasValue(row) {
        switch column.field.kind {
        case .float64: bits = column.doubles[row].bitPattern
        case .symbol, .text, .json: bits = StableHash(symbols.name(Int(column.integers[row]))).value
        case .reserved: break
        default: bits = UInt64(bitPattern: column.integers[row])
        }
      }
      hash = (hash ^ bits) &* 0x100_0000_01B3
      hash ^= hash >> 29
    }
    return hash
  }

  /// Finds series that have had no record for too long, and those that are heard again.
  func listen(
    _ rule: Int, _ ranges: [Range<Int>], _ batch: Batch, _ found: inout [Hit]
  ) {
    guard let span = rules[rule].silence else { return }
    let watch = watches[rule]
    let table = lives[rule]
    let times = batch.columns[timeColumn].integers
    let hasTime = batch.columns[timeColumn].present
    let series = keyColumn.map { batch.columns[$0].integers }
    func step(_ id: Int, _ time: Int64, isMissing: Bool, _ row: Int) {
      if id >= table.capacity { table.grow(id) }
      let outcome = table.lives![id].step(time, isMissing ? 1 : 0, until: .min, reset: .min, terms[rule])
      if outcome == .nothing { return }
      found.append(
        Hit(row: row, place: row, rule: rule, outcome: outcome, life: table.lives![id], series: id, time: time))
    }
    for range in ranges {
      for row in range where hasTime[row] != 0 {
        let id = series.map { Int($0[row]) } ?? 0
        watch.clock = max(watch.clock, times[row])
        while let oldest = watch.oldest, watch.clock &- oldest.time > span {
          watch.removeOldest()
          // It may have been heard since.
          if watch.last[oldest.series] == oldest.time { step(oldest.series, oldest.time &+ span, isMissing: true, row) }
        }
        step(id, times[row], isMissing: false, row)
        watch.note(id, times[row])
      }
    }
  }

  // MARK: - Events

  func event(_ hit: Hit, _ batch: Batch) -> AlertEvent {
    let (index, series, row) = (hit.rule, hit.series, hit.place)
    let teller = tellers[index]
    let symbol = symbol(of: series)
    let state: AlertEvent.State =
      hit.outcome == .resolves ? .resolved : hit.outcome == .repeats ? .repeated : .firing
    var values: [(name: String, value: JSONValue)] = []
    values.reserveCapacity(teller.operands.count)
    for operand in teller.operands { values.append((operand.name, teller.value(operand.column, row, batch, symbols))) }
    var event = AlertEvent(
      id: AlertEvent.id(rule: teller.name, symbol: symbol, started: hit.life.started), rule: teller.name,
      symbol: symbol,
      time: hit.time, state: state, severity: teller.severity, category: teller.category, message: "",
      started: hit.life.started, values: values, channels: teller.channels, groupWindow: teller.groupWindow)
    event.message = teller.message(event, row, batch, symbols)
    event.isMomentary = rules[index].isMomentary
    if inhibits[index] {
      let place = RuleAndSeries(rule: index, series: series)
      if state == .resolved { firingInhibitors.remove(place) } else { firingInhibitors.insert(place) }
    }
    if let worse = inhibitors[index].first(where: {
      firingInhibitors.contains(RuleAndSeries(rule: $0, series: series))
    }) {
      event.inhibitedBy = rules[worse].name
    }
    return event
  }
}
