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
  /// The fields that tell metrics apart, if a condition asks for them.
  let metricColumn: Int?
  let labelsColumn: Int?
  var metricSeries: [MetricSeries: Int64] = [:]
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
  /// The rows of the batch at which a momentary one has fired.
  var momentaryInhibitors: [RuleAndSeries: Int] = [:]
  let inhibitors: [[Int]]
  let inhibits: [Bool]
  /// The last values of fields that other records of the series bring: previous closes, highs.
  let carried: [Int]
  var carriedValues: [[Double]] = []
  /// Where to look for values of carried fields before the day of a record, and the day for which each series was looked up.
  package var baselines: ((_ symbol: String, _ day: Int64) -> [String: Double])?
  var baselineDays: [Int64] = []
  /// The fields of conditions that no record has had.
  var unseen: Set<Int> = []
  /// The fields of conditions, without the key and the time.
  let conditionColumns: [Int]
  /// The series that have had a record in this run.
  var touched: [Bool] = []
  /// What is stored of rules and series: nothing else has to be deleted.
  var stored: Set<RuleAndSeries> = []
  /// The last records of the series that the batch before has had, and where those of this batch are.
  var lastPrints: [UInt64] = []
  var lastRows: [Int32] = []
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
  var isBaselineRow: [Bool] = []
  /// The fields that make a record a bar; nil if no condition looks at one.
  var barColumns: [Int]? {
    let found = fields.indices.filter { ["open", "high", "low", "close"].contains(fields[$0].name) }
    return found.isEmpty ? nil : found
  }
  package internal(set) var outOfOrder = 0
  package internal(set) var seenBefore = 0
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
    keyColumn = key == nil ? nil : 0
    timeColumn = key == nil ? 0 : 1
    metricColumn = fields.firstIndex { ["metric", "name"].contains($0.name) && $0.kind == .text }
    if metricColumn != nil, !fields.contains(where: { $0.name == "labels" }) {
      fields.append(Field("labels", .json, .optional))
    }
    labelsColumn = metricColumn == nil ? nil : fields.firstIndex { $0.name == "labels" }
    self.fields = fields
    let conditions = Set(expressions.joined().flatMap(\.fields))
    let (keyPlace, timePlace) = (keyColumn, timeColumn)
    conditionColumns = fields.indices.filter {
      conditions.contains(fields[$0].name) && $0 != keyPlace && $0 != timePlace
    }
    unseen = Set(fields.indices.filter { conditions.contains(fields[$0].name) && !own.contains(fields[$0].name) })
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
    carry(batch)
    noteSeen(batch)
    let ranges = rowsInOrder(batch)
    momentaryInhibitors.removeAll()
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

  /// The fields of conditions that no record has had so far.
  package var missingFields: [String] { unseen.map { fields[$0].name }.sorted() }

  private func noteSeen(_ batch: Batch) {
    guard !unseen.isEmpty else { return }
    for column in unseen {
      let present = batch.columns[column].present
      if (0..<batch.bars).contains(where: { present[$0] != 0 }) { unseen.remove(column) }
    }
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
      grow(&touched, id, false)
      touched[id] = true
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
      id: AlertEvent.id(rule: teller.name, symbol: name(of: series), started: hit.life.started), rule: teller.name,
      symbol: symbol,
      time: hit.time, state: state, severity: teller.severity, category: teller.category, message: "",
      started: hit.life.started, values: values, channels: teller.channels, groupWindow: teller.groupWindow)
    event.message = teller.message(event, row, batch, symbols)
    event.isMomentary = rules[index].isMomentary
    event.series = name(of: series)
    if inhibits[index] {
      let place = RuleAndSeries(rule: index, series: series)
      if event.isMomentary {
        momentaryInhibitors[place] = hit.row
      } else if state == .resolved {
        firingInhibitors.remove(place)
      } else {
        firingInhibitors.insert(place)
      }
    }
    if let worse = inhibitors[index].first(where: {
      let place = RuleAndSeries(rule: $0, series: series)
      return firingInhibitors.contains(place) || momentaryInhibitors[place] == hit.row
    }) {
      event.inhibitedBy = rules[worse].name
    }
    return event
  }
}
