import FinstageCore
import FinstageIndicators

/// Moves within a span, and new highs and lows.
extension Windows {
  /// Nanoseconds without a record after which a session may have ended in between.
  private static let pause: Int64 = 4 * 3_600_000_000_000

  /// Whether x has moved so far from the lowest (highest) value of a span, this record included.
  ///
  /// The window starts anew at a record with a split, a dividend or a capital gain. With a span of a day or less, it also starts anew at
  /// the first record after a pause of four hours or more in which a session of the exchange ended, so that a gap over night does not count.
  static func moves(
    rises: Bool, _ x: Register, by amount: Double, isShare: Bool, _ time: Register, _ span: Int64, _ breaks: [Register],
    _ series: Register, _ step: StepMaker
  ) -> Register {
    let windows = TimeWindows<MinimumAggregate>()
    step.remember(windows)
    let lasts = SeriesStore(start: Int64.min, memory: 0)
    let looksForPauses = span <= 86_400_000_000_000
    if looksForPauses { step.remember(lasts) }
    let sign = rises ? 1.0 : -1.0
    return step(.bool, false) { out in
      { rows in
        let (x, times, series, out) = (x.numbers, time.integers, series.integers, out.integers)
        for i in 0..<rows {
          if x[i].isNaN || times[i] == Register.missing {
            out[i] = Register.missing
            continue
          }
          let id = Int(series[i])
          if looksForPauses {
            let last = lasts.record(id).assumingMemoryBound(to: Int64.self)
            let rest = times[i] &- last.pointee
            // What is older than the span does not count anyway.
            if last.pointee != .min, rest >= pause, rest < span, Times.endsSession(last.pointee, times[i]) {
              windows.clear(id)
            }
            last.pointee = times[i]
          }
          if breaks.contains(where: { !$0.numbers[i].isNaN && $0.numbers[i] != 0 && $0.numbers[i] != 1 }) {
            windows.clear(id)
          }
          let value = sign * x[i]
          let least = windows.push(id, times[i], value, oldest: times[i] &- span &+ 1).value.least
          // Of a share, the base is the value that it moved from.
          let wanted = isShare ? amount * least.magnitude : amount
          let slack = Comparison.slack * (x[i].magnitude > least.magnitude ? x[i].magnitude : least.magnitude)
          out[i] = value - least >= wanted - slack && value > least ? 1 : 0
        }
      }
    }
  }

  /// Whether x is strictly above (below) the n - 1 values before it; null until there are n.
  static func extreme(isHigh: Bool, _ x: Register, _ n: Int, _ series: Register, _ step: StepMaker) -> Register {
    struct State {
      var window = WindowMaximum()
      /// The highest of the last n - 1 values.
      var before = Double.nan
    }
    let sign = isHigh ? 1.0 : -1.0
    let store = SeriesStore(start: State(), memory: n - 1)
    step.remember(store)
    let offset = SeriesStore.size(of: State.self)
    return step(.bool, false) { out in
      { rows in
        let (x, series, out) = (x.numbers, series.integers, out.integers)
        for i in 0..<rows {
          if x[i].isNaN {
            out[i] = Register.missing
            continue
          }
          let record = store.record(Int(series[i]))
          let state = record.assumingMemoryBound(to: State.self)
          let value = sign * x[i]
          let before = state.pointee.before
          out[i] = before.isNaN ? Register.missing : value > before ? 1 : 0
          state.pointee.before = state.pointee.window.push(
            value, (record + offset).assumingMemoryBound(to: Double.self), n - 1)
        }
      }
    }
  }

  /// Whether x is strictly above (below) all other values of a span; null until there are values of a whole span.
  static func extreme(
    isHigh: Bool, _ x: Register, _ time: Register, _ span: Int64, _ series: Register, _ step: StepMaker
  ) -> Register {
    let sign = isHigh ? 1.0 : -1.0
    let windows = TimeWindows<MaximumAggregate>()
    let firsts = SeriesStore(start: Int64.max, memory: 0)
    step.remember(windows)
    step.remember(firsts)
    return step(.bool, false) { out in
      { rows in
        let (x, times, series, out) = (x.numbers, time.integers, series.integers, out.integers)
        for i in 0..<rows {
          if x[i].isNaN || times[i] == Register.missing {
            out[i] = Register.missing
            continue
          }
          let id = Int(series[i])
          let first = firsts.record(id).assumingMemoryBound(to: Int64.self)
          if first.pointee == .max { first.pointee = times[i] }
          let value = sign * x[i]
          let most = windows.look(id, oldest: times[i] &- span &+ 1)?.most
          let isWarm = first.pointee <= times[i].subtractingReportingOverflow(span).partialValue
          out[i] = !isWarm ? Register.missing : most.map { value > $0 ? 1 : 0 } ?? 1
          _ = windows.push(id, times[i], value, oldest: times[i] &- span &+ 1)
        }
      }
    }
  }
}
