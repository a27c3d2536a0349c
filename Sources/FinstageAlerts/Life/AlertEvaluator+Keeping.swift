import FinstageCore
import FinstageExpressions
import FinstageSystem

/// What is kept beyond a run: lives, memory of expressions, watermarks and open bars.
extension AlertEvaluator {
  package func restore(_ rule: Int, _ series: Int, _ life: AlertLife) {
    let table = lives[rule]
    if series >= table.capacity { table.grow(series) }
    table.lives![series] = life
    table.attention[series] = life.attention(terms[rule])
    if inhibits[rule], life.phase == .firing, !rules[rule].isMomentary {
      firingInhibitors.insert(RuleAndSeries(rule: rule, series: series))
    }
  }

  /// What the conditions of a rule remember of a series.
  package func noteStored(_ rule: Int, _ series: Int, _ isStored: Bool) {
    let place = RuleAndSeries(rule: rule, series: series)
    if isStored { stored.insert(place) } else { stored.remove(place) }
  }
  package func isStored(_ rule: Int, _ series: Int) -> Bool {
    stored.contains(RuleAndSeries(rule: rule, series: series))
  }

  package func saveMemory(_ rule: Int, _ series: Int) -> [[UInt8]] { runners[rule].saveMemory(of: series) }
  package func restoreMemory(_ rule: Int, _ series: Int, _ parts: [[UInt8]]) -> Bool {
    runners[rule].restoreMemory(of: series, parts)
  }
  package func life(_ rule: Int, _ series: Int) -> AlertLife {
    series < lives[rule].capacity ? lives[rule].lives![series] : AlertLife()
  }

  /// Whether a series has had a record in this run, so that this run knows most of it.
  package func isTouched(_ series: Int) -> Bool { series < touched.count && touched[series] }

  /// The last values that other records have brought of some series, by the names of fields.
  package func carriedValues(of some: Set<Int>?) -> [(field: String, values: [(series: Int, value: Double)])] {
    carried.indices.map { i in
      let known = carriedValues[i]
      let wanted = some.map { $0.filter { $0 < known.count } } ?? Set(known.indices)
      return (fields[carried[i]].name, wanted.filter { !known[$0].isNaN && isTouched($0) }.map { ($0, known[$0]) })
    }
  }

  /// The names of the fields whose last values are kept.
  package var carriedFields: [String] { carried.map { fields[$0].name } }

  package func restoreCarried(_ series: Int, _ values: [String: Double]) { setBaseline(series, values) }

  /// A name for the rules together: who has the same rules goes on where they stopped.
  package var setKey: String { StableHash(rules.map(\.key).sorted().joined(separator: " ")).text }

  /// How far each series was taken.
  package var watermarks: [(series: Int, mark: Watermark)] { watermarks(of: nil) }

  package func watermarks(of some: Set<Int>?) -> [(series: Int, mark: Watermark)] {
    (some.map(Array.init) ?? Array(newest.indices)).compactMap { series in
      guard series < newest.count, newest[series] != .min else { return nil }
      let records = series < newestRecords.count ? newestRecords[series].all : []
      return (series, Watermark(time: newest[series], records: records))
    }
  }

  package func restoreWatermark(_ series: Int, _ mark: Watermark) {
    let time = mark.time
    grow(&newest, series, .min)
    newest[series] = time
    grow(&restored, series, nil)
    restored[series] = mark
    grow(&newestRecords, series, RecentRecords())
    for record in mark.records { newestRecords[series].add(record) }
    for rule in rules.indices where rules[rule].silence != nil {
      watches[rule].note(series, time)
      watches[rule].clock = max(watches[rule].clock, time)
    }
  }

  /// The bars that may come again: each of its values by the name of its field, texts as texts.
  package var openBars: [(series: Int, time: Int64, values: [(name: String, value: OpenValue)])] {
    guard let closedBars else { return [] }
    return closedBars.open.map { series, bar in
      var values: [(name: String, value: OpenValue)] = []
      for (field, value) in zip(fields, bar.values) where field.name != key && field.name != "ts" {
        guard let value else { continue }
        let isText = [.symbol, .text, .json].contains(field.kind)
        values.append((field.name, isText ? .text(symbols.name(Int(value))) : .bits(value)))
      }
      return (series, bar.time, values)
    }
  }

  package enum OpenValue {
    case bits(Int64)
    case text(String)
  }

  package func restoreOpenBar(_ series: Int, _ time: Int64, _ values: [String: OpenValue]) {
    // Of several sets of rules, what is newest counts.
    if let known = closedBars?.open[series], known.time > time { return }
    let slots = fields.indices.map { i -> Int64? in
      if i == keyColumn { return Int64(series) }
      if i == timeColumn { return time }
      switch values[fields[i].name] {
      case .bits(let bits)?: return [.symbol, .text, .json].contains(fields[i].kind) ? nil : bits
      case .text(let text)?: return [.symbol, .text, .json].contains(fields[i].kind) ? Int64(textNumber(text)) : nil
      case nil: return nil
      }
    }
    closedBars?.restore(series, ClosedBars.OpenBar(time: time, values: slots))
  }

  /// Takes over the last values that other records have brought.
  package func takeBaselines(of other: AlertEvaluator) {
    let seen = Set(other.conditionColumns.filter { !other.unseen.contains($0) }.map { other.fields[$0].name })
    unseen = unseen.filter { !seen.contains(fields[$0].name) }
    for (i, column) in carried.enumerated() {
      guard let place = other.carried.firstIndex(where: { other.fields[$0].name == fields[column].name }) else {
        continue
      }
      carriedValues[i] = other.carriedValues[place]
    }
  }

  /// Takes over what another evaluator of the same stream remembers of the rules that have not changed. Call it after `begin`.
  package func goOn(from other: AlertEvaluator) {
    for (series, mark) in other.watermarks { newestTime(series, mark.time) }
    for bar in other.openBars {
      restoreOpenBar(bar.series, bar.time, Dictionary(bar.values.map { ($0.name, $0.value) }) { $1 })
    }
    let places = Dictionary(other.rules.enumerated().map { ($1.key, $0) }) { first, _ in first }
    for (i, rule) in rules.enumerated() {
      guard let place = places[rule.key] else { continue }
      for (series, _) in other.watermarks where restoreMemory(i, series, other.saveMemory(place, series)) {
        restore(i, series, other.life(place, series))
      }
    }
  }

  func newestTime(_ series: Int, _ time: Int64) {
    grow(&newest, series, .min)
    newest[series] = time
    for rule in rules.indices where rules[rule].silence != nil {
      watches[rule].note(series, time)
      watches[rule].clock = max(watches[rule].clock, time)
    }
  }
}
