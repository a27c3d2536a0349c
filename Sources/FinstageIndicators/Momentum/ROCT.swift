import FinstageSystem
import FinstageCore

/// Rate of change over time instead of bars, in percent.
///
///     roct(t) = 100 (x(t) / x(s) - 1), where s is the newest bar that is at least `span` older than t
///
/// So `1d` compares with a day before, whatever the number of bars. Warm-up: until a bar is that old. The bars of one
/// span are kept, at most 1500 by default; there is no value where a span holds more.
struct ROCT: Kernel {
  let span: Int64
  let capacity: Int

  struct State {
    /// The place of the next bar, and the number of bars that are kept.
    var head: Int32 = 0
    var count: Int32 = 0
    /// The newest value that is at least the span old; NaN if there is none.
    var reference = Double.nan
    /// Bars up to this time were dropped before they came in reach; `.min` if none were.
    var lost = Int64.min
  }

  static var inputs: Inputs { Inputs(rawValue: Inputs.field.rawValue | Inputs.time.rawValue) }
  var start: State { State() }
  /// Values, and the bits of their times.
  var memory: Int { 2 * capacity }

  @inline(__always)
  func step(
    _ state: inout State, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int, _ out: OutputColumns
  ) {
    let x = bars.field[i]
    let time = bars.time[i]
    let (limit, overflow) = time.subtractingReportingOverflow(span)
    let times = UnsafeMutableRawPointer(memory + capacity).assumingMemoryBound(to: Int64.self)
    state.head = Int32(truncatingIfNeeded: WindowPlace.valid(state.head, capacity))
    state.count = min(max(state.count, 0), Int32(truncatingIfNeeded: capacity))
    // The oldest bars come in reach one after the other.
    while state.count > 0 && !overflow {
      var tail = Int(state.head) &- Int(state.count)
      if tail < 0 { tail &+= capacity }
      if times[tail] > limit { break }
      state.reference = memory[tail]
      state.lost = .min
      state.count &-= 1
    }
    let isKnown = !state.reference.isNaN && state.lost == .min
    out.a[i] = !isKnown ? .nan : state.reference == 0 ? 0 : 100 * (x / state.reference - 1)
    if Int(state.count) == capacity {
      state.lost = times[Int(state.head)]
      state.count &-= 1
    }
    memory[Int(state.head)] = x
    times[Int(state.head)] = time
    state.head = Int(state.head) &+ 1 == capacity ? 0 : state.head &+ 1
    state.count &+= 1
  }

  static let indicator = Indicator(
    "roct", .momentum, parameters: [.duration("span", seconds: 86_400)],
    variations: [.integer("bars", 1500, 1...1_000_000)], inputs: inputs,
    summary: "rate of change over a span of time, in percent",
    formula: "100 (x(t) / x(s) - 1), where s is the newest bar at least the span older than t",
    source: "the usual definition of a change over a day, a week, ...",
    undefined:
      "the column has the span in the largest unit that fits up to days: 1w is roct_7d; 0 where x(s) is 0; null where a span holds more bars than --roct-bars keeps",
    warmUp: { _ in 1 },
    driver: { p, v in
      ROCT(span: Int64(p[0]) * Timestamp.nanosecondsPerSecond, capacity: Int(v[0])).driven()
    })
}
