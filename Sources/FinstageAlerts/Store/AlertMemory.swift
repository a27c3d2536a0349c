import FinstageCore
import FinstageSystem

/// What rules remember beyond a run: their lives, the windows and last values of their conditions, and how far each series was read. A
/// rule that has changed since begins anew, and no other does.
package struct AlertMemory {
  private let store: AlertStore

  package init(_ store: AlertStore) { self.store = store }

  private static let sets = "sets of rules"
  private static func carried(_ field: String) -> String { "value \(field)" }
  private static func watermarks(_ set: String) -> String { "watermarks \(set)" }
  private static func openBars(_ set: String) -> String { "open bars \(set)" }

  /// How far a set of rules was taken does not concern other sets: rules go on where those were taken that they were among last.
  package func load(into evaluator: AlertEvaluator) throws {
    evaluator.remembersRecords = true
    let setOfRule = Dictionary(
      try store.kept(AlertMemory.sets).map { ($0.series, String(decoding: $0.value, as: UTF8.self)) }
    ) { $1 }
    let sets = Set(evaluator.rules.compactMap { setOfRule[$0.key] })
    var watermarks: [Int: Watermark] = [:]
    for set in sets.sorted() {
      for (series, value) in try store.kept(AlertMemory.watermarks(set)) {
        var reader = Reader(value)
        guard let time = reader.integer() else { continue }
        var records: [UInt64] = []
        while records.count < RecentRecords.room, let record = reader.integer() {
          records.append(UInt64(bitPattern: record))
        }
        let id = evaluator.number(of: series)
        if let known = watermarks[id], known.time >= time { continue }
        watermarks[id] = Watermark(time: time, records: records)
      }
      for (series, value) in try store.kept(AlertMemory.openBars(set)) { restoreOpenBar(series, value, evaluator) }
    }
    // The oldest first: whoever waits for silence waits for them in this order.
    for (series, mark) in watermarks.sorted(by: { ($0.value.time, $0.key) < ($1.value.time, $1.key) }) {
      evaluator.restoreWatermark(series, mark)
    }
    for field in evaluator.carriedFields {
      for (series, value) in try store.kept(AlertMemory.carried(field)) {
        var reader = Reader(value)
        guard let bits = reader.integer() else { continue }
        evaluator.restoreCarried(evaluator.number(of: series), [field: Double(bitPattern: UInt64(bitPattern: bits))])
      }
    }
    for (i, rule) in evaluator.rules.enumerated() {
      for (series, value) in try store.kept("rule \(rule.key)") {
        let id = evaluator.number(of: series)
        var reader = Reader(value)
        guard let life = reader.part(), let count = reader.integer(), (0...10_000).contains(count) else { continue }
        var parts: [[UInt8]] = []
        for _ in 0..<count {
          guard let part = reader.part() else { break }
          parts.append(part)
        }
        guard parts.count == Int(count), let life = AlertLife(bytes: life) else { continue }
        evaluator.noteStored(i, id, true)
        if evaluator.restoreMemory(i, id, parts) { evaluator.restore(i, id, life) }
      }
    }
  }

  private func restoreOpenBar(_ series: String, _ value: [UInt8], _ evaluator: AlertEvaluator) {
    var reader = Reader(value)
    guard let time = reader.integer() else { return }
    var values: [String: AlertEvaluator.OpenValue] = [:]
    while let name = reader.part(), let isText = reader.integer(), let value = reader.part() {
      var number = Reader(value)
      let text = String(decoding: value, as: UTF8.self)
      values[String(decoding: name, as: UTF8.self)] = isText == 1 ? .text(text) : number.integer().map { .bits($0) }
    }
    evaluator.restoreOpenBar(evaluator.number(of: series), time, values)
  }

  /// What was loaded becomes what this set of rules goes on with, so that a run that is killed at once leaves it whole.
  package func begin(_ evaluator: AlertEvaluator) throws {
    let set = evaluator.setKey
    try store.together {
      try store.keep(
        AlertMemory.watermarks(set),
        evaluator.watermarks.map { series, mark in
          let records = mark.records.map { Int64(bitPattern: $0) }
          return (evaluator.name(of: series), ([mark.time] + records).flatMap { AlertMemory.bytes($0) })
        })
      try enter(evaluator)
    }
  }

  /// Notes which rules an evaluator has, before it goes on.
  package func enter(_ evaluator: AlertEvaluator) throws {
    let set = Array(evaluator.setKey.utf8)
    try store.keep(AlertMemory.sets, evaluator.rules.map { ($0.key, set) })
  }

  /// Keeps what rules remember. Series that this evaluator has not seen stay as others have left them.
  /// - Parameter some: the series to keep; nil for all that it has seen.
  package func save(_ evaluator: AlertEvaluator, only some: Set<Int>? = nil) throws {
    let set = evaluator.setKey
    func isWanted(_ series: Int) -> Bool { some?.contains(series) ?? true }
    try store.together {
      if some == nil { try enter(evaluator) }
      let watermarks = evaluator.watermarks(of: some).filter { evaluator.isTouched($0.series) }
      try store.keep(
        AlertMemory.watermarks(set),
        watermarks.map { series, mark in
          let records = mark.records.map { Int64(bitPattern: $0) }
          return (evaluator.name(of: series), ([mark.time] + records).flatMap { AlertMemory.bytes($0) })
        })
      for (field, values) in evaluator.carriedValues(of: some) {
        try store.keep(
          AlertMemory.carried(field),
          values.map { (evaluator.name(of: $0.series), AlertMemory.bytes(Int64(bitPattern: $0.value.bitPattern))) })
      }
      try store.keep(
        AlertMemory.openBars(set),
        evaluator.openBars.filter { isWanted($0.series) && evaluator.isTouched($0.series) }.map {
          series, time, values in
          var bytes = AlertMemory.bytes(time)
          for (name, value) in values {
            bytes += AlertMemory.part(Array(name.utf8))
            switch value {
            case .bits(let bits): bytes += AlertMemory.bytes(0) + AlertMemory.part(AlertMemory.bytes(bits))
            case .text(let text): bytes += AlertMemory.bytes(1) + AlertMemory.part(Array(text.utf8))
            }
          }
          return (evaluator.name(of: series), bytes)
        })
      for (i, rule) in evaluator.rules.enumerated() {
        var values: [(series: String, value: [UInt8]?)] = []
        for (series, _) in watermarks {
          let life = evaluator.life(i, series)
          let parts = evaluator.saveMemory(i, series)
          if life == AlertLife(), parts.allSatisfy(\.isEmpty) {
            if evaluator.isStored(i, series) { values.append((evaluator.name(of: series), nil)) }
            evaluator.noteStored(i, series, false)
            continue
          }
          var bytes = AlertMemory.part(life.bytes) + AlertMemory.bytes(Int64(parts.count))
          for part in parts { bytes += AlertMemory.part(part) }
          values.append((evaluator.name(of: series), bytes))
          evaluator.noteStored(i, series, true)
        }
        try store.keep("rule \(rule.key)", values)
      }
    }
  }

  private static func bytes(_ value: Int64) -> [UInt8] { withUnsafeBytes(of: value.littleEndian) { Array($0) } }
  private static func part(_ bytes: [UInt8]) -> [UInt8] { self.bytes(Int64(bytes.count)) + bytes }

  /// Reads what is above; nil where the bytes end too early.
  private struct Reader {
    private let bytes: [UInt8]
    private var at = 0
    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func integer() -> Int64? {
      guard bytes.count - at >= 8 else { return nil }
      defer { at += 8 }
      return bytes.withUnsafeBytes { Int64(littleEndian: $0.loadUnaligned(fromByteOffset: at, as: Int64.self)) }
    }

    mutating func part() -> [UInt8]? {
      guard let count = integer(), count >= 0, count <= Int64(bytes.count - at) else { return nil }
      defer { at += Int(count) }
      return Array(bytes[at..<at + Int(count)])
    }
  }
}

extension AlertLife {
  var bytes: [UInt8] { withUnsafeBytes(of: self) { Array($0) } }

  /// Nil if the bytes are not those of a life.
  init?(bytes: [UInt8]) {
    guard bytes.count == MemoryLayout<AlertLife>.size else { return nil }
    self = bytes.withUnsafeBytes { $0.loadUnaligned(as: AlertLife.self) }
  }
}
