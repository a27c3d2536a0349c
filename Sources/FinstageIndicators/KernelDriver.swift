import FinstageCore

/// A run of consecutive bars of one series in a batch; it begins where the run before it ends.
struct SeriesSpan {
  var series: Int32
  var end: Int32
}

/// One requested indicator over all series of a stream.
///
/// `run` is a closure, not a protocol method: the compiler specialises the code of each kernel behind a closure, but
/// not behind the witness table of a generic class.
package struct SeriesKernel {
  /// Takes the bars of consecutive spans, beginning with bar 0. `usable` has 0 for bars to leave out; nil leaves out
  /// none.
  let run:
    (
      _ bars: BarColumns, _ spans: UnsafeBufferPointer<SeriesSpan>, _ usable: UnsafePointer<UInt8>?,
      _ out: OutputColumns
    ) -> Void
  /// The states of all series.
  let store: SeriesStore
}

extension Kernel {
  /// This kernel with the state of every series of a stream.
  func driven() -> SeriesKernel {
    let driver = KernelDriver(self)
    return SeriesKernel(
      run: { bars, spans, usable, out in driver.run(bars, spans, usable, out) }, store: driver.store)
  }
}

/// Drives one kernel: walks batches and applies the kernel to each run of bars with the state of its series.
final class KernelDriver<K: Kernel> {
  private let kernel: K
  let store: SeriesStore

  init(_ kernel: K) {
    self.kernel = kernel
    store = SeriesStore(start: kernel.start, memory: kernel.memory)
  }

  func run(
    _ bars: BarColumns, _ spans: UnsafeBufferPointer<SeriesSpan>, _ usable: UnsafePointer<UInt8>?, _ out: OutputColumns
  ) {
    let kernel = self.kernel
    let store = self.store
    var start = 0
    for span in spans {
      let end = Int(span.end)
      let record = store.record(Int(span.series))
      let place = record.assumingMemoryBound(to: K.State.self)
      let memory = (record + SeriesStore.size(of: K.State.self)).assumingMemoryBound(to: Double.self)
      // Copy the state, so that it can stay in registers.
      var state = place.pointee
      if let usable {
        var i = start
        while i < end {
          if usable[i] != 0 {
            kernel.step(&state, memory, bars, i, out)
          } else {
            out.a[i] = .nan
            if K.outputs > 1 { out.b[i] = .nan }
            if K.outputs > 2 { out.c[i] = .nan }
            if K.outputs > 3 { out.d[i] = .nan }
            if K.outputs > 4 { out.e[i] = .nan }
          }
          i &+= 1
        }
      } else {
        kernel.steps(&state, memory, bars, start..<end, out)
      }
      place.pointee = state
      start = end
    }
  }
}

/// The spans of a batch, made once for all kernels.
struct SeriesSpans {
  private let cells = Cells<SeriesSpan>(SeriesSpan(series: 0, end: 0))
  private(set) var count = 0

  mutating func update(_ series: UnsafePointer<Int64>, _ bars: Int) {
    cells.reserve(bars)
    let base = cells.base
    var made = 0
    var i = 0
    while i < bars {
      let id = series[i]
      i &+= 1
      while i < bars && series[i] == id { i &+= 1 }
      base[made] = SeriesSpan(series: Int32(truncatingIfNeeded: id), end: Int32(truncatingIfNeeded: i))
      made &+= 1
    }
    count = made
  }

  /// Makes one span for bars that are all of one series.
  mutating func update(series: Int, _ bars: Int) {
    cells.base[0] = SeriesSpan(series: Int32(truncatingIfNeeded: series), end: Int32(truncatingIfNeeded: bars))
    count = bars > 0 ? 1 : 0
  }

  var buffer: UnsafeBufferPointer<SeriesSpan> { UnsafeBufferPointer(start: cells.base, count: count) }
}
