/// One requested indicator over all series of a stream.
///
/// `run` is a function and no protocol's method: the compiler makes special code for each kernel behind a closure, but not
/// behind the witness table of a generic class.
struct SeriesKernel {
  /// Steps through the bars of a batch. `usable` has 0 for bars to leave out; nil is none.
  let run:
    (
      _ bars: BarColumns, _ series: UnsafePointer<Int64>, _ usable: UnsafePointer<UInt8>?, _ count: Int,
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
      run: { bars, series, usable, count, out in driver.run(bars, series, usable, count, out) }, store: driver.store)
  }
}

/// Drives one kernel: walks batches and hands each bar to the state of its series.
final class KernelDriver<K: Kernel> {
  private let kernel: K
  let store: SeriesStore

  init(_ kernel: K) {
    self.kernel = kernel
    store = SeriesStore(start: kernel.start, memory: kernel.memory)
  }

  func run(
    _ bars: BarColumns, _ series: UnsafePointer<Int64>, _ usable: UnsafePointer<UInt8>?, _ count: Int,
    _ out: OutputColumns
  ) {
    let kernel = self.kernel
    let store = self.store
    var i = 0
    while i < count {
      let id = series[i]
      let record = store.record(Int(id))
      let place = record.assumingMemoryBound(to: K.State.self)
      let memory = (record + SeriesStore.size(of: K.State.self)).assumingMemoryBound(to: Double.self)
      // Bars of one symbol in a row keep its state in registers.
      var state = place.pointee
      if let usable {
        repeat {
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
        } while i < count && series[i] == id
      } else {
        repeat {
          kernel.step(&state, memory, bars, i, out)
          i &+= 1
        } while i < count && series[i] == id
      }
      place.pointee = state
    }
  }
}
