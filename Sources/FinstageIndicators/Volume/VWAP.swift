import FinstageSystem
import FinstageCore

/// Volume-weighted average price since an anchor.
///
///     vwap = (sum of (high + low + close) / 3 * volume) / (sum of volume), both since the anchor
///
/// The anchor is the beginning of the session (the day in UTC, or in a fixed offset from UTC), the first bar, or an
/// instant. There is no value before that instant, or while the volume since the anchor is 0.
struct VWAP: Kernel {
  enum Anchor {
    case session(offset: Int64)
    case start
    case instant(Int64)
  }

  let anchor: Anchor

  struct State {
    var day = Int64.min
    var money = 0.0
    var volume = 0.0
  }

  static var inputs: Inputs { Inputs(rawValue: MoneyFlow.inputs.rawValue | Inputs.time.rawValue) }
  var start: State { State() }

  @inline(__always)
  func step(
    _ state: inout State, _ memory: UnsafeMutablePointer<Double>, _ bars: BarColumns, _ i: Int, _ out: OutputColumns
  ) {
    switch anchor {
    case .start: break
    case .session(let offset):
      let day = VWAP.day(bars.time[i], offset)
      if day != state.day { state = State(day: day) }
    case .instant(let instant):
      if bars.time[i] < instant {
        out.a[i] = .nan
        return
      }
    }
    let price = (bars.high[i] + bars.low[i] + bars.close[i]) / 3
    let volume = bars.volume[i]
    state.money += price * volume
    state.volume += volume
    out.a[i] = state.volume == 0 ? .nan : state.money / state.volume
  }

  @inline(__always)
  private static func day(_ nanoseconds: Int64, _ offset: Int64) -> Int64 {
    let length = Timestamp.secondsPerDay * Timestamp.nanosecondsPerSecond
    let shifted = nanoseconds &+ offset
    let day = shifted / length
    return shifted - day * length < 0 ? day - 1 : day
  }

  static let indicator = Indicator(
    "vwap", .volume, parameters: [.anchor("anchor", ["session", "start"])],
    variations: [.real("utc-offset", 0, -14...14)], inputs: inputs,
    summary: "volume-weighted average price since the beginning of the session, of the input, or of a date",
    formula: """
      (sum of (high + low + close) / 3 * volume) / (sum of volume), since the anchor: session (the day begins at 00:00 \
      UTC, or at 00:00 in the offset of --vwap-utc-offset hours), start (the first bar), or a date
      """,
    source: "the usual definition",
    undefined: "null before the anchor and while the volume since then is 0",
    warmUp: { _ in 0 },
    driver: { p, v in
      let second = Timestamp.nanosecondsPerSecond
      let anchor: Anchor =
        switch p[0] {
        case 0: .session(offset: Int64((v[0] * 3600).rounded()) * second)
        case ..<0: .start
        default: .instant(Int64(p[0]) * second)
        }
      return VWAP(anchor: anchor).driven()
    })
}
