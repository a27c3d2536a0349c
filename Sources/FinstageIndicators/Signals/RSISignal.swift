import FinstageCore

/// The RSI crosses 70 upwards (`rsi_overbought`), 30 downwards (`rsi_oversold`), or 50 either way (`rsi_bullish`,
/// `rsi_bearish`).
///
///     strict:    r(t-1) < 70 and r(t) >= 70;  r(t-1) > 30 and r(t) <= 30;  50 likewise
///     tolerant:  r(t-1) <= 72 and r(t) > 68 after a rise of 2;  r(t-1) >= 28 and r(t) < 32 after a fall of 2;
///                r(t-1) <= 52 and r(t) > 48 after a rise of 3;  r(t-1) >= 48 and r(t) < 52 after a fall of 3;
///                only on the first of consecutive bars that meet the condition
///
/// Strength: |r - 50|.
struct RSISignal: Kernel {
  let form: SignalForm

  struct State {
    var previous = Double.nan
    var held: UInt8 = 0
  }

  static var inputs: Inputs { .field }
  static var outputs: Int { 4 }
  var start: State { State() }

  @inline(__always)
  func step(
    _ state: inout State, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int, _ out: OutputColumns
  ) {
    let before = state.previous
    let now = bars.x[i]
    var holds: UInt8 = 0
    switch form {
    case .strict:
      if before < 70 && now >= 70 { holds |= 1 }
      if before > 30 && now <= 30 { holds |= 2 }
      if before < 50 && now >= 50 { holds |= 4 }
      if before > 50 && now <= 50 { holds |= 8 }
    case .tolerant:
      let rise = now - before
      if before <= 72 && now > 68 && rise >= 2 { holds |= 1 }
      if before >= 28 && now < 32 && rise <= -2 { holds |= 2 }
      if before <= 52 && now > 48 && rise >= 3 { holds |= 4 }
      if before >= 48 && now < 52 && rise <= -3 { holds |= 8 }
    }
    let begins = holds & ~state.held
    let strength = (now - 50).magnitude
    out.a[i] = begins & 1 != 0 ? strength : .nan
    out.b[i] = begins & 2 != 0 ? strength : .nan
    out.c[i] = begins & 4 != 0 ? strength : .nan
    out.d[i] = begins & 8 != 0 ? strength : .nan
    state = State(previous: now, held: holds)
  }

  static let rule = SignalRule.each(
    RSI.indicator.name, x: 0, y: 0, inputs: inputs,
    names: { ["rsi\($0)_overbought", "rsi\($0)_oversold", "rsi\($0)_bullish", "rsi\($0)_bearish"] },
    detector: { RSISignal(form: $0).driven() })
}
