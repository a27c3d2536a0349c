import FinstageSystem
import FinstageCore

/// An indicator as a calculation that takes one bar at a time.
///
/// One kernel value holds the parameters and is shared by all series. A series (the bars of one symbol) has a `State`,
/// which is plain bytes without pointers, and `memory` doubles of working memory. The driver owns both, so a state can
/// be copied, saved and read back. Whole files and live pipes take the same steps, so they give the same bits. Over a
/// run of bars of one symbol the state stays in registers.
///
/// A kernel never sees a bar whose input is missing, or beyond `largestInput` in magnitude: the driver writes "no
/// value" for that bar and leaves the state alone.
protocol Kernel: Sendable {
  associatedtype State: BitwiseCopyable

  /// The state of a series before its first bar.
  var start: State { get }
  /// Doubles of working memory for each series; zero at first.
  var memory: Int { get }
  /// The number of values for each bar, at most five.
  static var outputs: Int { get }
  /// What a step reads.
  static var inputs: Inputs { get }

  /// Takes bar `i` of `bars` and writes its values to element `i` of each output; NaN stands for "no value yet".
  func step(
    _ state: inout State, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int, _ out: OutputColumns)

  /// Takes consecutive bars of one series. A kernel implements this method only if that is faster than single steps; it
  /// must give the same bits as single steps, and leave the same state.
  func steps(
    _ state: inout State, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ range: Range<Int>,
    _ out: OutputColumns)
}

extension Kernel {
  static var outputs: Int { 1 }
  var memory: Int { 0 }

  @inline(__always)
  func steps(
    _ state: inout State, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ range: Range<Int>,
    _ out: OutputColumns
  ) {
    var i = range.lowerBound
    while i < range.upperBound {
      step(&state, memory, bars, i, out)
      i &+= 1
    }
  }
}

/// The columns that a kernel reads.
package struct Inputs: OptionSet, Sendable, Hashable {
  package let rawValue: Int
  package init(rawValue: Int) { self.rawValue = rawValue }

  /// One series, `close` unless the user names another.
  package static var field: Inputs { Inputs(rawValue: 1) }
  package static var open: Inputs { Inputs(rawValue: 2) }
  package static var high: Inputs { Inputs(rawValue: 4) }
  package static var low: Inputs { Inputs(rawValue: 8) }
  package static var close: Inputs { Inputs(rawValue: 16) }
  package static var volume: Inputs { Inputs(rawValue: 32) }
  /// The time of the bar.
  package static var time: Inputs { Inputs(rawValue: 64) }
  /// The volume where there is one: NaN for a bar without, which is used all the same.
  package static var volumeIfAny: Inputs { Inputs(rawValue: 128) }

  static var highLow: Inputs { Inputs(rawValue: 4 | 8) }
  static var highLowClose: Inputs { Inputs(rawValue: 4 | 8 | 16) }
  static var candle: Inputs { Inputs(rawValue: 2 | 4 | 8 | 16) }

  /// The names of the fields; `field` is the user's choice.
  package func names(field: String) -> [String] {
    let all: [(Inputs, String)] = [
      (.field, field), (.open, "open"), (.high, "high"), (.low, "low"), (.close, "close"), (.volume, "volume"),
      (.time, "ts"), (.volumeIfAny, "volume (if any)"),
    ]
    return all.filter { contains($0.0) }.map(\.1)
  }
}

/// The input columns of a batch. Do not read columns that no kernel asked for.
struct BarColumns {
  var field: UnsafePointer<Double>
  var open: UnsafePointer<Double>
  var high: UnsafePointer<Double>
  var low: UnsafePointer<Double>
  var close: UnsafePointer<Double>
  var volume: UnsafePointer<Double>
  /// Nanoseconds since 1970.
  var time: UnsafePointer<Int64>
  /// Results of other kernels, for kernels that work on results (see `SignalScan`); NaN is "no value".
  var x: UnsafePointer<Double>
  var y: UnsafePointer<Double>

  /// The same columns from a later bar on.
  func advanced(by bars: Int) -> BarColumns {
    BarColumns(
      field: field + bars, open: open + bars, high: high + bars, low: low + bars, close: close + bars,
      volume: volume + bars, time: time + bars, x: x + bars, y: y + bars)
  }
}

/// Up to five result columns. If a kernel has fewer, the others repeat its last column.
struct OutputColumns {
  var a: UnsafeMutablePointer<Double>
  var b: UnsafeMutablePointer<Double>
  var c: UnsafeMutablePointer<Double>
  var d: UnsafeMutablePointer<Double>
  var e: UnsafeMutablePointer<Double>

  func advanced(by bars: Int) -> OutputColumns {
    OutputColumns(a: a + bars, b: b + bars, c: c + bars, d: d + bars, e: e + bars)
  }
}

/// Prices beyond this are noise from a broken source. The square of this limit still fits a double.
let largestInput = 1e100
