import FinstageSystem
import FinstageCore

/// Several indicators over one stream of bars: what each needs, what each adds, and the order of bars within a symbol.
package final class IndicatorSet {
  /// The fields that batches must have, in this order, and the names that records must not have yet.
  package let fields: [Field]
  /// The names of all columns that are added.
  package let names: [String]
  /// Checks whether bars come in order, and records which do not.
  package let order: SeriesOrder
  /// Everything that results depend on, as text: equal keys give equal results for equal bars.
  package let key: String
  let requests: [IndicatorRequest]

  private let options: IndicatorSetOptions
  private let entries: [KernelEntry]
  private let signals: SignalScan?
  private let columns: InputColumns
  private let resultNames: [String]
  /// All zeros: the series of every bar if the whole input is one series.
  private let oneSeries = Cells<Int64>(0)
  private var masks: [Inputs: UsableBars] = [:]
  private var spans = SeriesSpans()
  private var single = SeriesSpans()

  package init(_ requests: [IndicatorRequest], _ options: IndicatorSetOptions = IndicatorSetOptions()) {
    self.options = options
    self.requests = requests
    var visible: [String] = []
    for request in requests { visible += request.columns.map { options.prefix + $0 } }
    names = visible
    // If the user requests no indicators, signals use the standard ones, which are computed but not written.
    let all = options.signals != nil && requests.isEmpty ? SignalRule.standardRequests : requests
    var results: [String] = []
    var entries: [KernelEntry] = []
    var inputs: Inputs = []
    for request in all {
      let first = results.count
      results += request.columns.map { options.prefix + $0 }
      entries.append(
        KernelEntry(
          request.indicator.driver(request.parameters, request.variations), request.indicator.inputs,
          first..<results.count, revises: options.revises))
      inputs.formUnion(request.indicator.inputs)
    }
    if let form = options.signals {
      let scan = SignalScan(
        all, firstColumn: results.count, form: form, prefix: options.prefix, revises: options.revises)
      entries += scan.entries
      results += scan.names
      inputs.formUnion(scan.inputs)
      signals = scan
    } else {
      signals = nil
    }
    self.entries = entries
    resultNames = results
    var needed: Inputs = []
    for request in requests { needed.formUnion(request.indicator.inputs) }
    columns = InputColumns(inputs, needed: needed, options)
    order = SeriesOrder(revises: options.revises, keepsHistory: options.keepsHistory, values: columns.values)
    var reserved = visible
    if let signals { reserved += signals.fields }
    if !options.addsFields { reserved = [] }
    fields =
      columns.fields
      + reserved.map { Field($0, .reserved, .optional, hint: "--prefix renames the added field") }
    let layout = entries.map { "\($0.kernel.store.recordSize)" }.joined(separator: ",")
    key =
      "\(all.map(\.key).joined(separator: " ")) field=\(options.field) by=\(options.key ?? "") "
      + "signals=\(options.signals.map(\.rawValue) ?? "no") revise=\(options.revises) layout=\(layout)"
  }

  /// Whether signals are wanted, and none of the indicators has any.
  package var hasNoSignals: Bool { signals.map { $0.names.isEmpty } ?? false }

  /// Computes the result columns of a batch that was read with `fields`.
  package func apply(to batch: Batch) {
    batch.prepareResults(resultNames, visible: names.count)
    let count = batch.bars
    guard count > 0 else { return }
    let series: UnsafePointer<Int64>
    if let symbolColumn = columns.symbol {
      series = UnsafePointer(batch.columns[symbolColumn].integers)
    } else {
      oneSeries.reserve(count)
      series = UnsafePointer(oneSeries.base)
    }
    order.check(batch, series, stamps: batch.columns[columns.stamp], needsTime: columns.needsTime)
    for key in masks.keys { masks[key]!.isCurrent = false }
    let bars = columns.bars(of: batch)
    if options.revises {
      for i in 0..<count {
        let isRevision = order.revisions.contains(i)
        // A bar that is left out does not count: the last bar can still be revised.
        let isTaken = !order.excluded.contains(i)
        single.update(series: Int(series[i]), 1)
        for entry in entries {
          if isTaken { entry.prepare(series: Int(series[i]), isRevision: isRevision) }
          run(entry, batch, bars, single, from: i)
        }
      }
    } else {
      spans.update(series, count)
      for entry in entries { run(entry, batch, bars, spans, from: 0) }
    }
    signals?.collect(batch)
  }

  private func run(_ entry: KernelEntry, _ batch: Batch, _ bars: BarColumns, _ spans: SeriesSpans, from first: Int) {
    var bars = bars
    if entry.x >= 0 { bars.x = UnsafePointer(batch.results[entry.x].doubles) }
    if entry.y >= 0 { bars.y = UnsafePointer(batch.results[entry.y].doubles) }
    let usable = mask(entry.inputs, batch)
    func output(_ k: Int) -> UnsafeMutablePointer<Double> {
      batch.results[entry.outputs.lowerBound + min(k, entry.outputs.count - 1)].doubles
    }
    let out = OutputColumns(a: output(0), b: output(1), c: output(2), d: output(3), e: output(4))
    if first == 0 {
      entry.kernel.run(bars, spans.buffer, usable, out)
    } else {
      entry.kernel.run(
        bars.advanced(by: first), spans.buffer, usable.map { $0 + first }, out.advanced(by: first))
    }
  }

  /// The bars that have all of some inputs, as a mask; nil if every bar has them.
  private func mask(_ inputs: Inputs, _ batch: Batch) -> UnsafePointer<UInt8>? {
    var mask = masks[inputs] ?? UsableBars()
    if !mask.isCurrent {
      mask.update(columns.columns(of: inputs).map { UnsafePointer(batch.columns[$0].doubles) }, count: batch.bars)
      masks[inputs] = mask
    }
    return mask.bytes
  }

  /// Whether a field tells series apart.
  var isKeyed: Bool { columns.symbol != nil }

  /// The number of the series of a bar.
  func series(of bar: Int, in batch: Batch) -> Int {
    columns.symbol.map { Int(batch.columns[$0].integers[bar]) } ?? 0
  }

  /// The time of a bar; nil if it has none.
  func stamp(of bar: Int, in batch: Batch) -> Int64? {
    let column = batch.columns[columns.stamp]
    return column.hasValue(bar) ? column.integers[bar] : nil
  }

  /// An input of a bar; NaN if the input is missing or was not requested.
  func input(_ input: Inputs, of bar: Int, in batch: Batch) -> Double {
    columns.columns(of: input).first.map { batch.columns[$0].doubles[bar] } ?? .nan
  }

  /// The names of the signals of a bar.
  func signalNames(of bar: Int, in batch: Batch) -> [String] {
    guard let signals else { return [] }
    return signals.signals(of: bar, in: batch).map { signals.names[$0.name] }
  }

  // MARK: - The state of a series, as bytes

  /// The size of the state of a series, in bytes.
  var stateSize: Int { order.stateSize + entries.reduce(0) { $0 + $1.stores.reduce(0) { $0 + $1.recordSize } } }

  private func eachRecord(of series: Int, _ body: (UnsafeMutableRawPointer, Int) -> Void) {
    order.eachRecord(of: series, body)
    for entry in entries { for store in entry.stores { body(store.record(series), store.recordSize) } }
  }

  func saveState(of series: Int, into bytes: UnsafeMutableRawPointer) {
    var at = bytes
    eachRecord(of: series) { record, size in
      at.copyMemory(from: record, byteCount: size)
      at += size
    }
  }

  /// Restores the state of a series. Returns false, and leaves the series as it was before its first bar, if the bytes cannot be one.
  func restoreState(of series: Int, from bytes: UnsafeRawPointer) -> Bool {
    var at = bytes
    eachRecord(of: series) { record, size in
      record.copyMemory(from: at, byteCount: size)
      at += size
    }
    guard order.isSane(series) else {
      order.reset(series)
      return false
    }
    order.resume(series)
    return true
  }

  // MARK: - Series whose history has been edited

  /// Keeps the rows of bars that an earlier run has taken.
  package func keepSkippedRows(in rows: SkippedRows) {
    order.onDrop = { bar, batch in rows.keep(bar, of: batch) }
  }

  /// Forgets the edited series, to take them anew; bars of other series will be dropped until `takeAllSeries`. False if no series
  /// was edited.
  package func takeEditedSeriesAgain() -> Bool {
    guard !order.edits.isEmpty else { return false }
    for edit in order.edits { reset(edit.series) }
    order.onDrop = nil
    order.only = Set(order.edits.map(\.series))
    return true
  }

  package func takeAllSeries() { order.only = nil }

  /// Forgets everything about a series.
  func reset(_ series: Int) {
    order.reset(series)
    for entry in entries { for store in entry.stores { store.reset(series) } }
  }
}

extension KernelEntry {
  /// Saves the state before a bar or, for a revision, restores the state before the last bar.
  func prepare(series: Int, isRevision: Bool) {
    guard let before else { return }
    let now = kernel.store.record(series)
    let saved = before.record(series)
    if isRevision {
      now.copyMemory(from: saved, byteCount: before.recordSize)
    } else {
      saved.copyMemory(from: now, byteCount: before.recordSize)
    }
  }
}
