import TestSupport
import Testing

@testable import FinstageCore
@testable import FinstageIndicators

/// The windows against what a loop over the last n values says.
@Suite struct WindowTests {
  private static let values = IndicatorData.walk(600, seed: 20)

  private func memory(_ count: Int) -> UnsafeMutablePointer<Double> {
    let memory = UnsafeMutablePointer<Double>.allocate(capacity: count)
    memory.initialize(repeating: 0, count: count)
    return memory
  }

  @Test(arguments: [1, 2, 3, 7, 20, 599]) func sums(_ n: Int) {
    let memory = memory(3 * n)
    defer { memory.deallocate() }
    var sum = WindowSum()
    var weighted = WindowWeightedSum()
    for (i, x) in Self.values.enumerated() {
      let plain = sum.push(x, memory, n)
      let both = weighted.push(x, memory + n, n)
      guard i >= n - 1 else {
        #expect(plain.isNaN && both.plain.isNaN && both.weighted.isNaN)
        continue
      }
      let window = Self.values[i - n + 1...i]
      #expect(difference(plain, window.reduce(0, +)) < 1e-13)
      #expect(difference(both.plain, window.reduce(0, +)) < 1e-13)
      let expected = window.enumerated().reduce(0) { $0 + Double($1.offset + 1) * $1.element }
      #expect(difference(both.weighted, expected) < 1e-13)
    }
  }

  @Test(arguments: [1, 2, 3, 7, 20, 599]) func variances(_ n: Int) {
    let memory = memory(2 * n)
    defer { memory.deallocate() }
    var variance = WindowVariance()
    for (i, x) in Self.values.enumerated() {
      let (mean, squares) = variance.push(x, memory, n, inverse: 1 / Double(n))
      guard i >= n - 1 else {
        #expect(mean.isNaN && squares.isNaN)
        continue
      }
      let window = Self.values[i - n + 1...i]
      let expected = window.reduce(0, +) / Double(n)
      #expect(difference(mean, expected) < 1e-13)
      let deviations = window.reduce(0) { $0 + ($1 - expected) * ($1 - expected) }
      #expect(abs(squares - deviations) <= 1e-9 * deviations + 1e-18)
    }
  }

  /// Few distinct values, so that equal ones meet.
  @Test(arguments: [1, 2, 3, 7, 20, 599]) func extremes(_ n: Int) {
    var random = SeededRandom(seed: 21)
    let values = (0..<600).map { _ in Double(random.next() % 9) }
    let memory = memory(5 * n)
    defer { memory.deallocate() }
    var maximum = WindowMaximum()
    var peak = WindowPeak()
    var range = WindowRange()
    for (i, x) in values.enumerated() {
      let largest = maximum.push(x, memory, n)
      let age = peak.push(x, memory + n, n)
      let (highest, lowest) = range.push(high: x, low: x, memory + 3 * n, n)
      guard i >= n - 1 else {
        #expect(largest.isNaN && age.isNaN && highest.isNaN && lowest.isNaN)
        continue
      }
      let window = Array(values[i - n + 1...i])
      #expect(largest == window.max())
      #expect(highest == window.max())
      #expect(lowest == window.min())
      #expect(Int(age) == n - 1 - window.lastIndex(of: window.max()!)!, "the newest of equal ones")
    }
  }

  @Test(arguments: [1, 2, 3, 20]) func lags(_ n: Int) {
    let memory = memory(n)
    defer { memory.deallocate() }
    var lag = Lag()
    for (i, x) in Self.values.enumerated() {
      let old = lag.push(x, memory, n)
      #expect(i < n ? old.isNaN : old == Self.values[i - n])
    }
  }

  @Test func theWeightsOfARecursiveAverageAddUpToOne() {
    for n in [1, 2, 3, 14, 20, 200, 99_999] {
      for smoothing in [Smoothing.exponential(n), .wilder(n)] { #expect(smoothing.weight + smoothing.decay == 1) }
    }
  }
}
