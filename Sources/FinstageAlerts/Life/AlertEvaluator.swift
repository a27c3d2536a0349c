import FinstageCore
import FinstageExpressions
import FinstageSystem

/// Rules over the batches of a stream: runs their conditions, steps their lives, and says what there is to tell.
package final class AlertEvaluator {
  package let rules: [AlertRule]
  package let fields: [Field]
  /// The records of other types than these pass.
  package static let recordTypes = ["bar", "quote", "snapshot", "ath", "metric"]

  private let key: String?
  private let keyColumn: Int?
  private let timeColumn: Int
  /// The field that tells metrics apart, if a condition asks for it.
  private let metricColumn: Int?
  private var pairs: [Pair: Int64] = [:]
  /// The conditions of each rule: a program each, so that a changed rule forgets nothing of the others.
  private let expressions: [[Expression]]
  private let places: [(until: Int?, reset: Int?)]
  private let terms: [AlertLife.Terms]
  private var runners: [BatchExpressions] = []
  private var symbols = SymbolTable()
  /// For each rule the lives of the series, and what of a record can change them.
  private var lives: [LifeTable]
  /// The series for which a rule that inhibits others fires.
  private var firingInhibitors: Set<RuleAndSeries> = []
  private let inhibitors: [[Int]]
  private let inhibits: [Bool]
  /// The last values of fields that other records of the series bring: previous closes, highs.
  private let carried: [Int]
  private var carriedValues: [[Double]] = []
  /// The newest time of each series, to leave out bars that come again or too late.
  private var newest: [Int64] = []
  /// The times up to which an earlier run has taken each series.
  private var restored: [Int64] = []
  package private(set) var outOfOrder = 0
  package private(set) var seenBefore = 0
  package private(set) var evaluations = 0

  private struct RuleAndSeries: Hashable {
    var rule: Int
    var series: Int
  }

  /// What snapshots and highs say, for the quotes and bars that follow them.
  private static let baselines: Set<String> = [
    "previous_close", "previous_high", "previous_low", "all_time_high", "all_time_low",
  ]

  /// - Parameter key: the field that tells series apart; nil for one series.
  package init(_ all: [AlertRule], by key: String?) {
    let rules = all.filter(\.isEnabled)
    self.rules = rules
    self.key = key
    expressions = rules.map { $0.conditions.map(\.expression) }
    places = rules.map { rule in (rule.until == nil ? nil : 1, rule.reset == nil ? nil : rule.until == nil ? 1 : 2) }
    terms = rules.map { AlertLife.Terms($0) }
    lives = rules.map { _ in LifeTable() }
    var fields = [Field("ts", .timestamp, .optional)]
    if let key { fields.insert(Field(key, .symbol, .optional), at: 0) }
    var kinds: [String: Field.Kind] = [:]
    for expression in expressions.joined() { expression.inferKinds(into: &kinds) }
    let own: Set<String> = ["rule", "severity", "state", "id"]
    for name in expressions.joined().flatMap(\.fields) + rules.flatMap({ $0.message?.fields ?? [] })
    where !fields.contains(where: { $0.name == name }) && !own.contains(name) {
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
    metricColumn = fields.firstIndex { $0.name == "metric" && $0.kind == .text }
    carried = fields.indices.filter {
      AlertEvaluator.baselines.contains(fields[$0].name) && fields[$0].kind == .float64
    }
    carriedValues = carried.map { _ in [] }
    inhibitors = rules.map { rule in rules.indices.filter { rules[$0].inhibits.contains(rule.name) } }
    inhibits = rules.map { !$0.inhibits.isEmpty }
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
  package func number(of symbol: String) -> Int {
    if keyColumn == nil { return 0 }
    let padded = Array(symbol.utf8) + [UInt8](repeating: 0, count: 8)
    return padded.withUnsafeBufferPointer { symbols.intern($0.baseAddress!, symbol.utf8.count) }
  }

  package func name(of series: Int) -> String { keyColumn == nil ? "" : symbols.name(series) }

  private func grow<Value>(_ array: inout [Value], _ index: Int, _ value: Value) {
    if index >= array.count { array += [Value](repeating: value, count: max(index + 1 - array.count, array.count)) }
  }

  /// Takes the rows of a batch; returns what there is to tell, in the order of the rows.
  package func take(_ batch: Batch) -> [(row: Int, event: AlertEvent)] {
    guard !runners.isEmpty, batch.bars > 0 else { return [] }
    nameSeries(batch)
    carry(batch)
    let ranges = rowsInOrder(batch)
    var found: [(row: Int, rule: Int, outcome: AlertLife.Outcome, life: AlertLife)] = []
    let times = batch.columns[timeColumn].integers
    let hasTime = batch.columns[timeColumn].present
    let series = keyColumn.map { batch.columns[$0].integers }
    let now = Int64(SystemClock.wall * 1e9)
    for range in ranges {
      evaluations += range.count * rules.count
      for rule in rules.indices {
        let terms = terms[rule]
        let table = lives[rule]
        let places = places[rule]
        runners[rule].eachChunk(of: range, in: batch) { start, count, result in
          let when = result(0)
          let until = places.until.map(result)
          let reset = places.reset.map(result)
          for i in 0..<count {
            let row = start &+ i
            let id = series.map { Int($0[row]) } ?? 0
            if id >= table.capacity { table.grow(id) }
            let attention = table.attention[id]
            let value = when[i]
            // Most records change nothing.
            if attention == 0 ? value != 1 : attention == 2 && value != 0 { continue }
            let time = hasTime[row] != 0 ? times[row] : now
            let outcome = table.lives![id].step(
              time, value, until: until?[i] ?? Int64.min, reset: reset?[i] ?? Int64.min, terms)
            table.attention[id] = table.lives![id].attention(terms)
            if outcome != .nothing { found.append((row, rule, outcome, table.lives![id])) }
          }
        }
      }
    }
    if found.isEmpty { return [] }
    // In the order of the records; of one record, what inhibits others first.
    found.sort { a, b in
      (a.row, inhibits[a.rule] ? 0 : 1, a.rule) < (b.row, inhibits[b.rule] ? 0 : 1, b.rule)
    }
    return found.map { hit in
      let id = series.map { Int($0[hit.row]) } ?? 0
      let time = hasTime[hit.row] != 0 ? times[hit.row] : now
      return (hit.row, event(hit.rule, id, hit.outcome, hit.life, time, hit.row, batch))
    }
  }

  /// Completes rows with what earlier records of their series have said.
  private func carry(_ batch: Batch) {
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
  private func nameSeries(_ batch: Batch) {
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

  private struct Pair: Hashable {
    var key: Int64
    var metric: Int64
  }

  /// Between the name of a metric and that of a key.
  private static let mark = "\u{1}"

  /// The key of a series, for people.
  private func symbol(of series: Int) -> String {
    let name = name(of: series)
    guard let mark = name.firstIndex(of: Character(AlertEvaluator.mark)) else { return name }
    return String(name[name.index(after: mark)...])
  }

  /// The rows that are not older than others of their series, and have not been taken by an earlier run.
  private func rowsInOrder(_ batch: Batch) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var start = 0
    let times = batch.columns[timeColumn].integers
    let hasTime = batch.columns[timeColumn].present
    let series = keyColumn.map { batch.columns[$0].integers }
    for row in 0..<batch.bars where hasTime[row] != 0 {
      let id = series.map { Int($0[row]) } ?? 0
      grow(&newest, id, .min)
      let isSeen = id < restored.count && times[row] <= restored[id]
      if times[row] >= newest[id], !isSeen {
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

  // MARK: - Events

  private func event(
    _ index: Int, _ series: Int, _ outcome: AlertLife.Outcome, _ life: AlertLife, _ time: Int64, _ row: Int,
    _ batch: Batch
  ) -> AlertEvent {
    let rule = rules[index]
    let symbol =
      keyColumn == nil || symbols.count == 0 ? "" : batch.columns[keyColumn!].hasValue(row) ? symbols.name(series) : ""
    let state: AlertEvent.State = outcome == .resolves ? .resolved : outcome == .repeats ? .repeated : .firing
    var names: [String] = []
    for name in rule.conditions.flatMap({ $0.expression.fields })
    where name != key && name != "ts" && !names.contains(name) {
      names.append(name)
    }
    let values = names.map { (name: $0, value: value($0, row, batch)) }
    var event = AlertEvent(
      id: AlertEvent.id(rule: rule.name, symbol: symbol, started: life.started), rule: rule.name, symbol: symbol,
      time: time,
      state: state, severity: rule.severity, category: rule.category, message: "", started: life.started,
      values: values,
      inhibitedBy: nil, channels: rule.channels, groupWindow: rule.groupWindow)
    event.message = message(rule, event, row, batch)
    if inhibits[index] {
      let place = RuleAndSeries(rule: index, series: series)
      if state == .resolved { firingInhibitors.remove(place) } else { firingInhibitors.insert(place) }
    }
    if let worse = inhibitors[index].first(where: { firingInhibitors.contains(RuleAndSeries(rule: $0, series: series)) }
    ) {
      event.inhibitedBy = rules[worse].name
    }
    return event
  }

  private func value(_ name: String, _ row: Int, _ batch: Batch) -> JSONValue {
    guard let place = fields.firstIndex(where: { $0.name == name }) else { return .null }
    let column = batch.columns[place]
    guard column.hasValue(row) else { return .null }
    switch column.field.kind {
    case .float64: return column.doubles[row].isFinite ? .number(column.doubles[row]) : .null
    case .int64: return .integer(column.integers[row])
    case .bool: return .bool(column.integers[row] != 0)
    case .timestamp: return .string(Timestamp.string(column.integers[row]))
    case .date: return .string(Timestamp.dateString(day: column.integers[row]))
    case .symbol, .text, .json: return .string(symbols.name(Int(column.integers[row])))
    default: return .null
    }
  }

  private func message(_ rule: AlertRule, _ event: AlertEvent, _ row: Int, _ batch: Batch) -> String {
    let text: String
    if let template = rule.message {
      text = template.filled { name in
        switch name {
        case "rule": return rule.name
        case "severity": return rule.severity.name
        case "state": return event.state.rawValue
        case "id": return event.id
        case "ts": return Timestamp.string(event.time)
        case key: return event.symbol
        default:
          let value = value(name, row, batch)
          return value.isNull ? nil : value.plainText
        }
      }
    } else {
      let values = event.values.map { "\($0.name) \($0.value.isNull ? "-" : $0.value.plainText)" }.joined(
        separator: ", ")
      text =
        "\(event.symbol.isEmpty ? "" : event.symbol + ": ")\(rule.when.text)\(values.isEmpty ? "" : " (\(values))")"
    }
    return event.state == .resolved ? "resolved: \(text)" : text
  }

  // MARK: - What is kept beyond a run

  /// The series of a rule that are not idle, or have fired.
  package func livingSeries(_ rule: Int) -> [(series: Int, life: AlertLife)] {
    let table = lives[rule]
    return (0..<table.capacity).compactMap { id in
      table.lives![id] == AlertLife() ? nil : (id, table.lives![id])
    }
  }

  package func restore(_ rule: Int, _ series: Int, _ life: AlertLife) {
    let table = lives[rule]
    if series >= table.capacity { table.grow(series) }
    table.lives![series] = life
    table.attention[series] = life.attention(terms[rule])
    if inhibits[rule], life.phase == .firing { firingInhibitors.insert(RuleAndSeries(rule: rule, series: series)) }
  }

  /// What the conditions of a rule remember of a series.
  package func saveMemory(_ rule: Int, _ series: Int) -> [[UInt8]] { runners[rule].saveMemory(of: series) }
  package func restoreMemory(_ rule: Int, _ series: Int, _ parts: [[UInt8]]) -> Bool {
    runners[rule].restoreMemory(of: series, parts)
  }
  package func life(_ rule: Int, _ series: Int) -> AlertLife {
    series < lives[rule].capacity ? lives[rule].lives![series] : AlertLife()
  }

  /// The newest time of each series.
  package var watermarks: [(series: Int, time: Int64)] {
    newest.indices.compactMap { newest[$0] == .min ? nil : ($0, newest[$0]) }
  }

  package func restoreWatermark(_ series: Int, _ time: Int64) {
    grow(&newest, series, .min)
    newest[series] = time
    grow(&restored, series, .min)
    restored[series] = time
  }
}

/// The lives of one rule, by series.
private final class LifeTable {
  private(set) var capacity = 0
  private(set) var lives: UnsafeMutablePointer<AlertLife>?
  private var attentions: UnsafeMutablePointer<UInt8>?

  var attention: UnsafeMutablePointer<UInt8> { attentions! }

  deinit {
    lives?.deallocate()
    attentions?.deallocate()
  }

  @inline(never)
  func grow(_ series: Int) {
    let wanted = max(series + 1, capacity * 2, 16)
    let grown = UnsafeMutablePointer<AlertLife>.allocate(capacity: wanted)
    let codes = UnsafeMutablePointer<UInt8>.allocate(capacity: wanted)
    if let lives, let attentions {
      grown.update(from: lives, count: capacity)
      codes.update(from: attentions, count: capacity)
      lives.deallocate()
      attentions.deallocate()
    }
    (grown + capacity).initialize(repeating: AlertLife(), count: wanted - capacity)
    (codes + capacity).initialize(repeating: 0, count: wanted - capacity)
    lives = grown
    attentions = codes
    capacity = wanted
  }
}
