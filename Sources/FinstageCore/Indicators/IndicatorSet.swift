/// Several indicators over one stream of bars: what each needs, what each adds, and the order of bars within a symbol.
public final class IndicatorSet {
  /// Bars of one symbol that came with a timestamp not after the last one: they get no values and change none.
  public private(set) var outOfOrder = 0
  /// Among them, those with the very timestamp of the last bar.
  public private(set) var duplicates = 0
  /// The symbol and the time of the first such bar.
  public private(set) var firstOutOfOrder: (series: Int, nanoseconds: Int64)?

  /// The bars of the last batch that were left out for their order.
  private(set) var excluded: Set<Int> = []

  /// The fields that batches must have, in this order, and the names that records must not have yet.
  public let fields: [Field]
  /// The names of all columns that are added.
  public let names: [String]

  private let kernels: [(run: SeriesKernel, outputs: Range<Int>)]
  private let place: (field: Int, high: Int, low: Int, close: Int)
  private let symbolColumn: Int?
  private let stampColumn: Int
  private let lastStamps = Cells<Int64>(.min)
  /// All zeros: the series of every bar where the whole input is one.
  private let oneSeries = Cells<Int64>(0)

  /// - Parameters:
  ///   - field: the input of indicators of one series.
  ///   - key: the field that tells series apart, or nil if the whole input is one.
  public init(_ requests: [IndicatorRequest], field: String, key: String?, prefix: String) {
    var fields: [Field] = []
    func need(
      _ name: String, _ kind: Field.Kind, _ presence: Field.Presence = .required, _ hint: String? = nil
    ) -> Int {
      if let known = fields.firstIndex(where: { $0.name == name && $0.kind == kind }) { return known }
      fields.append(Field(name, kind, presence, hint: hint))
      return fields.count - 1
    }
    symbolColumn = key.map { need($0, .symbol, .required, "--by names another field, --by '' means one series") }
    stampColumn = need("ts", .timestamp, .optional)
    var place = (field: -1, high: -1, low: -1, close: -1)
    for request in requests {
      switch request.indicator.inputs {
      case .field: place.field = need(field, .float64, .required, "--field names another")
      case .highLowClose:
        place.high = need("high", .float64)
        place.low = need("low", .float64)
        place.close = need("close", .float64)
      }
    }
    self.place = place
    var kernels: [(run: SeriesKernel, outputs: Range<Int>)] = []
    var names: [String] = []
    for request in requests {
      let columns = request.columns.map { prefix + $0 }
      kernels.append(
        (request.indicator.driver(request.parameters, request.variations), names.count..<names.count + columns.count))
      names += columns
    }
    self.kernels = kernels
    self.names = names
    self.fields =
      fields + names.map { Field($0, .reserved, .optional, hint: "--prefix gives the added one another name") }
  }

  /// Computes the result columns of a batch that was read with `fields`.
  public func apply(to batch: Batch) {
    batch.prepareResults(names)
    if !excluded.isEmpty { excluded.removeAll() }
    let count = batch.bars
    guard count > 0 else { return }
    let series: UnsafePointer<Int64>
    if let symbolColumn {
      series = UnsafePointer(batch.columns[symbolColumn].integers)
    } else {
      oneSeries.reserve(count)
      series = UnsafePointer(oneSeries.base)
    }
    checkOrder(batch, series, count)
    func column(_ i: Int) -> UnsafePointer<Double> { UnsafePointer(batch.columns[max(i, 0)].doubles) }
    let bars = BarColumns(
      field: column(place.field), high: column(place.high), low: column(place.low), close: column(place.close))
    for (run, outputs) in kernels {
      let first = outputs.lowerBound
      let last = outputs.count - 1
      let out = OutputColumns(
        a: batch.results[first].doubles, b: batch.results[first + min(1, last)].doubles,
        c: batch.results[first + min(2, last)].doubles)
      run(bars, series, count, out)
    }
  }

  /// The number of the series of a bar.
  func series(of bar: Int, in batch: Batch) -> Int {
    symbolColumn.map { Int(batch.columns[$0].integers[bar]) } ?? 0
  }

  /// Takes bars that do not come after the last one of their symbol out of the calculation, by taking their inputs away.
  private func checkOrder(_ batch: Batch, _ series: UnsafePointer<Int64>, _ count: Int) {
    let column = batch.columns[stampColumn]
    let stamps = column.integers
    let present = column.present
    var last = lastStamps.base
    for i in 0..<count where present[i] != 0 {
      let id = Int(series[i])
      if id >= lastStamps.capacity {
        lastStamps.reserve(id + 1)
        last = lastStamps.base
      }
      if stamps[i] > last[id] {
        last[id] = stamps[i]
      } else {
        exclude(i, of: batch, series: id, isDuplicate: stamps[i] == last[id])
      }
    }
  }

  private func exclude(_ bar: Int, of batch: Batch, series: Int, isDuplicate: Bool) {
    outOfOrder += 1
    excluded.insert(bar)
    if isDuplicate { duplicates += 1 }
    if firstOutOfOrder == nil { firstOutOfOrder = (series, batch.columns[stampColumn].integers[bar]) }
    for column in [place.field, place.high, place.low, place.close] where column >= 0 {
      batch.columns[column].doubles[bar] = .nan
    }
  }
}

/// Memory that grows and is filled with one value at first.
private final class Cells<Element: BitwiseCopyable> {
  private(set) var base: UnsafeMutablePointer<Element>
  private(set) var capacity = 256
  private let initial: Element

  init(_ initial: Element) {
    self.initial = initial
    base = .allocate(capacity: capacity)
    base.initialize(repeating: initial, count: capacity)
  }

  deinit { base.deallocate() }

  func reserve(_ wanted: Int) {
    guard wanted > capacity else { return }
    let larger = max(wanted, capacity * 2)
    let grown = UnsafeMutablePointer<Element>.allocate(capacity: larger)
    grown.update(from: base, count: capacity)
    (grown + capacity).initialize(repeating: initial, count: larger - capacity)
    base.deallocate()
    base = grown
    capacity = larger
  }
}
