import FinstageCore

/// A fast and a slow EMA that begin on the same bar: the fast one with the mean of the last `fast` of the first `slow`
/// values. This is the base of MACD, as in TA-Lib.
struct AverageDifference {
  private let fast: Int
  private let slow: Int
  private let fastSmoothing: Smoothing
  private let slowSmoothing: Smoothing

  package init(fast: Int, slow: Int) {
    self.fast = fast
    self.slow = slow
    fastSmoothing = Smoothing.exponential(fast)
    slowSmoothing = Smoothing.exponential(slow)
  }

  struct State {
    var fast = 0.0
    var slow = 0.0
    /// Values taken, up to the slow period.
    var count: Int32 = 0
  }

  var start: State { State() }

  /// Takes a value. Both averages are NaN until there are `slow` values.
  @inline(__always)
  package func push(_ state: inout State, _ x: Double) -> (fast: Double, slow: Double) {
    if Int(state.count) == slow {
      state.fast = fastSmoothing.next(state.fast, x)
      state.slow = slowSmoothing.next(state.slow, x)
      return (state.fast, state.slow)
    }
    state.slow += x
    if Int(state.count) >= slow &- fast { state.fast += x }
    state.count &+= 1
    if Int(state.count) < slow { return (.nan, .nan) }
    state.slow /= Double(slow)
    state.fast /= Double(fast)
    return (state.fast, state.slow)
  }

  static let conflict: @Sendable ([Double]) -> String? = {
    $0[0] < $0[1] ? nil : "the fast period must be shorter than the slow one"
  }
}
