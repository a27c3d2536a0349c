import FinstageCore
import FinstageIndicators

/// Functions over windows: the last n records of a series, or those of a span of time.
enum Windows {
  // MARK: - The last n records

  static func last(
    _ window: ExpressionFunction.Window, _ x: Register, _ n: Int, _ series: Register, _ step: StepMaker
  ) -> Register {
    switch window {
    case .average, .sum:
      let factor = window == .average ? 1 / Double(n) : 1
      return each(x, n, series, step, isComputed: true, start: WindowSum()) { state, memory, value in
        let sum = state.push(value, memory, n)
        return window == .average ? sum * factor : sum
      }
    case .maximum:
      return each(x, n, series, step, isComputed: x.isComputed, start: WindowMaximum()) { state, memory, value in
        state.push(value, memory, n)
      }
    case .minimum:
      return each(x, n, series, step, isComputed: x.isComputed, start: WindowMaximum()) { state, memory, value in
        -state.push(-value, memory, n)
      }
    case .deviation:
      let inverse = 1 / Double(n)
      return each(x, WindowVariance.memory(n), series, step, isComputed: true, start: WindowVariance()) {
        state, memory, value in
        (state.push(value, memory, n, inverse: inverse).squares * inverse).squareRoot()
      }
    case .count:
      // Whole numbers: nothing drifts.
      struct Counter {
        var position: Int64 = 0
        var sum = 0.0
      }
      return each(x, n, series, step, isComputed: false, start: Counter()) { state, memory, value in
        // A state may come from a file.
        let at = state.position >= 0 && state.position < Int64(n) ? Int(state.position) : 0
        state.sum += value - memory[at]
        memory[at] = value
        state.position = at &+ 1 == n ? 0 : Int64(at &+ 1)
        return state.sum
      }
    }
  }

  /// Hands each value that is not null to the state of its series.
  private static func each<State: BitwiseCopyable>(
    _ x: Register, _ memory: Int, _ series: Register, _ step: StepMaker, isComputed: Bool, start: State,
    _ push: @escaping (inout State, UnsafeMutablePointer<Double>, Double) -> Double
  ) -> Register {
    let store = SeriesStore(start: start, memory: memory)
    step.remember(store)
    let offset = SeriesStore.size(of: State.self)
    return step(.number, isComputed) { out in
      { rows in
        let (x, series, out) = (x.numbers, series.integers, out.numbers)
        for i in 0..<rows {
          if x[i].isNaN {
            out[i] = .nan
            continue
          }
          let record = store.record(Int(series[i]))
          out[i] = push(
            &record.assumingMemoryBound(to: State.self).pointee, (record + offset).assumingMemoryBound(to: Double.self),
            x[i])
        }
      }
    }
  }

  // MARK: - A span of time

  static func within(
    _ window: ExpressionFunction.Window, _ x: Register, _ time: Register, _ span: Int64, _ series: Register,
    _ step: StepMaker
  ) -> Register {
    switch window {
    case .sum: return timed(SumAggregate.self, x, time, span, series, step, isComputed: true) { $0.value.sum }
    case .average:
      return timed(SumAggregate.self, x, time, span, series, step, isComputed: true) { $0.value.sum / Double($0.count) }
    case .minimum:
      return timed(MinimumAggregate.self, x, time, span, series, step, isComputed: x.isComputed) { $0.value.least }
    case .maximum:
      return timed(MaximumAggregate.self, x, time, span, series, step, isComputed: x.isComputed) { $0.value.most }
    case .deviation:
      return timed(MomentsAggregate.self, x, time, span, series, step, isComputed: true) {
        ($0.value.squares / Double($0.count)).squareRoot()
      }
    case .count: return timed(SumAggregate.self, x, time, span, series, step, isComputed: false) { $0.value.sum }
    }
  }

  private static func timed<A: WindowAggregate>(
    _ aggregate: A.Type, _ x: Register, _ time: Register, _ span: Int64, _ series: Register, _ step: StepMaker,
    isComputed: Bool, _ finish: @escaping ((value: A, count: Int)) -> Double
  ) -> Register {
    let windows = TimeWindows<A>()
    step.remember(windows)
    return step(.number, isComputed) { out in
      { rows in
        let (x, times, series, out) = (x.numbers, time.integers, series.integers, out.numbers)
        for i in 0..<rows {
          if x[i].isNaN || times[i] == Register.missing {
            out[i] = .nan
            continue
          }
          // The window is open on its left: a record that is just `span` old has left it.
          out[i] = finish(windows.push(Int(series[i]), times[i], x[i], oldest: times[i] &- span &+ 1))
        }
      }
    }
  }

  /// The difference from the oldest value that is at most `span` old.
  static func change(
    _ x: Register, _ time: Register, _ span: Int64, _ series: Register, _ step: StepMaker
  ) -> Register {
    let windows = TimeWindows<NoAggregate>()
    step.remember(windows)
    return step(.number, true) { out in
      { rows in
        let (x, times, series, out) = (x.numbers, time.integers, series.integers, out.numbers)
        for i in 0..<rows {
          if x[i].isNaN || times[i] == Register.missing {
            out[i] = .nan
            continue
          }
          let window = windows.push(Int(series[i]), times[i], x[i], oldest: times[i] &- span)
          // The first record has nothing to compare with.
          out[i] = window.count > 1 ? x[i] - windows.oldest(Int(series[i])) : .nan
        }
      }
    }
  }
}
