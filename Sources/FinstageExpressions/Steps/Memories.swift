import FinstageCore
import FinstageIndicators

/// Functions of earlier records of the same series: a few bytes of state for each.
enum Memories {
  /// The value n records before, null or not.
  static func previous(_ x: Register, _ n: Int, _ series: Register, _ step: StepMaker) -> Register {
    struct State {
      var position: Int32 = 0
      var isWarm = false
    }
    let isNumber = x.type == .number || x.type == .null
    let null = isNumber ? Int64(bitPattern: Double.nan.bitPattern) : Register.missing
    let store = SeriesStore(start: State(), memory: n)
    step.remember(store)
    return step(x.type, x.isComputed) { out in
      { rows in
        let (x, series, out) = (x.integers, series.integers, out.integers)
        for i in 0..<rows {
          let record = store.record(Int(series[i]))
          let state = record.assumingMemoryBound(to: State.self)
          let slots = (record + 8).assumingMemoryBound(to: Int64.self)
          let at = state.pointee.position >= 0 && Int(state.pointee.position) < n ? Int(state.pointee.position) : 0
          out[i] = state.pointee.isWarm ? slots[at] : null
          slots[at] = x[i]
          if at &+ 1 == n {
            state.pointee = State(position: 0, isWarm: true)
          } else {
            state.pointee.position = Int32(truncatingIfNeeded: at &+ 1)
          }
        }
      }
    }
  }

  /// The difference from the record before in which there was a value.
  static func change(_ x: Register, _ series: Register, _ step: StepMaker) -> Register {
    let store = SeriesStore(start: Double.nan, memory: 0)
    step.remember(store)
    return step(.number, true) { out in
      { rows in
        let (x, series, out) = (x.numbers, series.integers, out.numbers)
        for i in 0..<rows {
          let last = store.record(Int(series[i])).assumingMemoryBound(to: Double.self)
          let value = x[i] - last.pointee
          out[i] = value.isFinite ? value : .nan
          if !x[i].isNaN { last.pointee = x[i] }
        }
      }
    }
  }

  /// From not above (below) to above (below), as the signals of fs-indicators have it: x(t-1) <= y(t-1) and x(t) > y(t).
  /// - Parameter within: a crossing counts for so many nanoseconds of the times.
  static func crosses(
    above isAbove: Bool, _ x: Register, _ y: Register, _ series: Register, _ within: (time: Register, span: Int64)?,
    _ step: StepMaker
  ) -> Register {
    struct State {
      /// The instant of the last crossing.
      var crossed = Int64.min
      /// Whether there was a record, and whether it was beyond.
      var hasRecord = false
      var isBeyond = false
    }
    let isComputed = x.isComputed || y.isComputed
    let store = SeriesStore(start: State(), memory: 0)
    step.remember(store)
    return step(.bool, false) { out in
      { rows in
        let (x, y, series, out) = (x.numbers, y.numbers, series.integers, out.integers)
        let times = within?.time.integers
        for i in 0..<rows {
          let state = store.record(Int(series[i])).assumingMemoryBound(to: State.self)
          let (a, b) = isAbove ? (x[i], y[i]) : (y[i], x[i])
          let isNull = a.isNaN || b.isNaN
          var hasCrossed = false
          if !isNull {
            var isBeyond = a > b
            if isComputed && isBeyond {
              isBeyond = a - b > Comparison.slack * (a.magnitude > b.magnitude ? a.magnitude : b.magnitude)
            }
            hasCrossed = isBeyond && state.pointee.hasRecord && !state.pointee.isBeyond
            state.pointee.hasRecord = true
            state.pointee.isBeyond = isBeyond
          }
          guard let times, let span = within?.span else {
            out[i] = isNull ? Register.missing : hasCrossed ? 1 : 0
            continue
          }
          if times[i] == Register.missing {
            out[i] = Register.missing
            continue
          }
          if hasCrossed { state.pointee.crossed = times[i] }
          let last = state.pointee.crossed
          out[i] = last != .min && times[i] &- last <= span ? 1 : 0
        }
      }
    }
  }
}
