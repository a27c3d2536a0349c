/// An indicator as a calculation that takes one bar at a time.
///
/// One kernel value holds the parameters and is shared by all series; a series (the bars of one symbol) has a `State`, which
/// is plain bytes, and `memory` doubles of working memory, both owned by the driver. There is no second, "batch" formula:
/// whole files and live pipes take the same steps, so they give the same bits.
///
/// A bar whose input is missing, or beyond `largestInput` in magnitude, is no bar to a kernel: the driver writes "no
/// value" for it and leaves the state alone.
protocol Kernel: Sendable {
  associatedtype State: BitwiseCopyable

  /// The state of a series before its first bar.
  var start: State { get }
  /// Doubles of working memory for each series; zero at first.
  var memory: Int { get }
  /// The number of values for each bar.
  static var outputs: Int { get }
  /// What a step reads.
  static var inputs: Inputs { get }

  /// Takes bar `i` of `bars` and writes its values to element `i` of each output; NaN stands for "no value yet".
  func step(
    _ state: inout State, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int, _ out: OutputColumns)
}

/// The columns that a kernel reads.
public enum Inputs: Sendable {
  /// One series, `close` unless the user names another.
  case field
  /// High, low and close.
  case highLowClose
}

/// The input columns of a batch. Those that no kernel asked for are not to be read.
struct BarColumns {
  var field: UnsafePointer<Double>
  var high: UnsafePointer<Double>
  var low: UnsafePointer<Double>
  var close: UnsafePointer<Double>
}

/// Up to three columns of results; those that a kernel does not have repeat the first.
struct OutputColumns {
  var a: UnsafeMutablePointer<Double>
  var b: UnsafeMutablePointer<Double>
  var c: UnsafeMutablePointer<Double>
}

/// Prices beyond this are noise of a broken source, not prices; their squares would still fit a double.
let largestInput = 1e100

/// One requested indicator over all series of a stream: steps through the bars of a batch.
///
/// A function and no protocol: the compiler makes special code for each kernel behind a closure, but not behind the witness
/// table of a generic class.
typealias SeriesKernel = (
  _ bars: BarColumns, _ series: UnsafePointer<Int64>, _ count: Int, _ out: OutputColumns
) -> Void

extension Kernel {
  /// This kernel with the state of every series of a stream.
  func driven() -> SeriesKernel {
    let driver = KernelDriver(self)
    return { bars, series, count, out in driver.run(bars, series: series, count: count, out: out) }
  }
}

/// Drives one kernel: keeps the state of every series and walks batches.
final class KernelDriver<K: Kernel> {
  /// States and working memory of a run of series. Chunks never move.
  private struct Chunk {
    var states: UnsafeMutablePointer<K.State>
    var memory: UnsafeMutablePointer<Double>
  }

  private let kernel: K
  private var chunks: UnsafeMutablePointer<Chunk>
  private var chunkCount = 0
  private var chunkCapacity = 16
  /// A chunk has 2^chunkShift series.
  private let chunkShift: Int
  private let stride: Int

  init(_ kernel: K) {
    self.kernel = kernel
    stride = kernel.memory
    // About 64 KiB a chunk: small for one symbol, few allocations for many.
    var shift = 0
    while shift < 8 && (MemoryLayout<K.State>.stride + stride * 8) << (shift + 1) <= 64 << 10 { shift += 1 }
    chunkShift = shift
    chunks = .allocate(capacity: chunkCapacity)
  }

  deinit {
    for i in 0..<chunkCount {
      chunks[i].states.deallocate()
      chunks[i].memory.deallocate()
    }
    chunks.deallocate()
  }

  @inline(never)
  private func grow(to series: Int) {
    let size = 1 << chunkShift
    while chunkCount << chunkShift <= series {
      if chunkCount == chunkCapacity {
        let grown = UnsafeMutablePointer<Chunk>.allocate(capacity: chunkCapacity * 2)
        grown.update(from: chunks, count: chunkCount)
        chunks.deallocate()
        chunks = grown
        chunkCapacity *= 2
      }
      let states = UnsafeMutablePointer<K.State>.allocate(capacity: size)
      states.initialize(repeating: kernel.start, count: size)
      let memory = UnsafeMutablePointer<Double>.allocate(capacity: max(size * stride, 1))
      memory.initialize(repeating: 0, count: size * stride)
      chunks[chunkCount] = Chunk(states: states, memory: memory)
      chunkCount += 1
    }
  }

  func run(_ bars: BarColumns, series: UnsafePointer<Int64>, count: Int, out: OutputColumns) {
    let kernel = self.kernel
    let shift = chunkShift
    let mask = (1 &<< shift) &- 1
    let stride = self.stride
    var chunks = self.chunks
    var known = chunkCount
    var i = 0
    while i < count {
      let id = series[i]
      let index = Int(id)
      if index &>> shift >= known {
        grow(to: index)
        chunks = self.chunks
        known = chunkCount
      }
      let chunk = chunks[index &>> shift]
      let place = chunk.states + (index & mask)
      let memory = chunk.memory + (index & mask) &* stride
      // Bars of one symbol in a row keep its state in registers.
      var state = place.pointee
      repeat {
        if KernelDriver.isUsable(bars, i) {
          kernel.step(&state, memory, bars, i, out)
        } else {
          out.a[i] = .nan
          if K.outputs > 1 {
            out.b[i] = .nan
            out.c[i] = .nan
          }
        }
        i &+= 1
      } while i < count && series[i] == id
      place.pointee = state
    }
  }

  /// False for NaN, too.
  @inline(__always)
  private static func isUsable(_ bars: BarColumns, _ i: Int) -> Bool {
    switch K.inputs {
    case .field:
      return bars.field[i].magnitude <= largestInput
    case .highLowClose:
      return bars.high[i].magnitude <= largestInput && bars.low[i].magnitude <= largestInput
        && bars.close[i].magnitude <= largestInput
    }
  }
}
