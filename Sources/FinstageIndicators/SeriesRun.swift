import FinstageSystem
import FinstageCore

/// An indicator over one series in memory, without records: for tests, benchmarks and your own programs.
package final class SeriesRun {
  /// Equally long columns. Those that the indicator does not read may be empty.
  package struct Columns: Sendable {
    package var open: [Double] = []
    package var high: [Double] = []
    package var low: [Double] = []
    package var close: [Double] = []
    package var volume: [Double] = []
    /// Nanoseconds since 1970.
    package var time: [Int64] = []
    /// The input of indicators that read a single field.
    package var field: [Double] = []

    package init() {}

    /// Uses the same values for every input.
    package init(_ values: [Double]) {
      (open, high, low, close, field) = (values, values, values, values, values)
      volume = values
    }

    package var count: Int { [open.count, high.count, low.count, close.count, volume.count, field.count].max() ?? 0 }
  }

  private let request: IndicatorRequest
  private let kernel: SeriesKernel
  private var outputs: [UnsafeMutablePointer<Double>] = []
  private var capacity = 0
  private var mask = UsableBars()
  private var spans = SeriesSpans()

  package init(_ request: IndicatorRequest) {
    self.request = request
    kernel = request.indicator.driver(request.parameters, request.variations)
  }

  deinit { for output in outputs { output.deallocate() } }

  /// The size of the state of a series, in bytes.
  package var stateSize: Int { kernel.store.recordSize }

  /// Forgets the bars taken so far.
  package func reset(series: Int = 0) { kernel.store.reset(series) }

  /// Takes bars and computes their values, without copying them anywhere.
  /// - Parameter series: the number of each bar's series; nil if all bars are of one series.
  package func take(_ columns: Columns, series: [Int64]? = nil) {
    prepare(columns, series: series)
    compute(columns)
  }

  /// Does what a set of indicators does once for all its kernels: finds the runs of bars of one series, and the bars to
  /// leave out.
  package func prepare(_ columns: Columns, series: [Int64]? = nil) {
    reserve(columns.count)
    if let series {
      series.withUnsafeBufferPointer { if let base = $0.baseAddress { spans.update(base, columns.count) } }
    } else {
      spans.update(series: 0, columns.count)
    }
    withColumns(columns) { bars in
      let all: [(Inputs, UnsafePointer<Double>)] = [
        (.field, bars.field), (.open, bars.open), (.high, bars.high), (.low, bars.low), (.close, bars.close),
        (.volume, bars.volume),
      ]
      mask.update(all.filter { request.indicator.inputs.contains($0.0) }.map(\.1), count: columns.count)
    }
  }

  /// Runs the kernel on bars that have been prepared.
  package func compute(_ columns: Columns) {
    func output(_ i: Int) -> UnsafeMutablePointer<Double> { outputs[min(i, outputs.count - 1)] }
    let out = OutputColumns(a: output(0), b: output(1), c: output(2), d: output(3), e: output(4))
    withColumns(columns) { kernel.run($0, spans.buffer, mask.bytes, out) }
  }

  private func withColumns(_ columns: Columns, _ body: (BarColumns) -> Void) {
    // Missing columns are not read.
    func pointer(_ values: [Double], _ body: (UnsafePointer<Double>) -> Void) {
      values.withUnsafeBufferPointer { body($0.baseAddress ?? UnsafePointer(outputs[0])) }
    }
    pointer(columns.open) { open in
      pointer(columns.high) { high in
        pointer(columns.low) { low in
          pointer(columns.close) { close in
            pointer(columns.volume) { volume in
              pointer(columns.field) { field in
                columns.time.withUnsafeBufferPointer { time in
                  let empty = UnsafePointer(UnsafeRawPointer(outputs[0]).assumingMemoryBound(to: Int64.self))
                  body(
                    BarColumns(
                      field: field, open: open, high: high, low: low, close: close, volume: volume,
                      time: time.baseAddress ?? empty, x: field, y: field))
                }
              }
            }
          }
        }
      }
    }
  }

  private func reserve(_ count: Int) {
    guard count > capacity || outputs.isEmpty else { return }
    for output in outputs { output.deallocate() }
    capacity = max(count, 1)
    outputs = request.indicator.outputs.map { _ in .allocate(capacity: capacity) }
  }

  /// The values of the bars that were taken last; NaN is "no value".
  package func values(_ count: Int) -> [[Double]] {
    outputs.map { Array(UnsafeBufferPointer(start: $0, count: count)) }
  }

  /// Takes bars and returns their values.
  package func run(_ columns: Columns, series: [Int64]? = nil) -> [[Double]] {
    take(columns, series: series)
    return values(columns.count)
  }
}
