import FinstageSystem

/// What a chart shows: the bars of one symbol, lines over them, and oscillators below.
package struct Chart {
  package struct Line {
    package var name: String
    /// NaN where there is no value.
    package var values: [Double]

    package init(name: String, values: [Double]) {
      self.name = name
      self.values = values
    }
  }

  package var title: String
  package var bars: [Bar]
  var overlays: [Line] = []
  var oscillators: [Line] = []

  package init(title: String, bars: [Bar]) {
    self.title = title
    self.bars = bars
  }

  /// Adds each line where it belongs: among the prices, or below them.
  package mutating func add(_ lines: [Line]) {
    let low = bars.compactMap { $0.low ?? $0.close }.min() ?? 0
    let high = bars.compactMap { $0.high ?? $0.close }.max() ?? 1
    for line in lines {
      let values = line.values.filter(\.isFinite).sorted()
      guard let first = values.first, let last = values.last else { continue }
      let middle = values[values.count / 2]
      let isPrice = middle >= low * 0.8 && middle <= high * 1.25 && first > low * 0.5 && last < high * 2 && low > 0
      if isPrice { overlays.append(line) } else { oscillators.append(line) }
    }
  }

  /// Round numbers between two bounds, with at most `most` steps between them.
  static func ticks(_ low: Double, _ high: Double, _ most: Int) -> [Double] {
    guard high > low, most > 0 else { return [low] }
    let raw = (high - low) / Double(most)
    var unit = 1.0
    while unit > raw { unit /= 10 }
    while unit * 10 <= raw { unit *= 10 }
    let step = [1.0, 2, 2.5, 5, 10].map { $0 * unit }.first { $0 >= raw } ?? unit * 10
    var result: [Double] = []
    var value = (low / step).rounded(.up) * step
    while value <= high + step * 1e-9 {
      result.append(abs(value) < step * 1e-9 ? 0 : (value / step).rounded() * step)
      value += step
    }
    return result
  }

  /// A number with few digits: 1234.5, 12M.
  static func label(_ value: Double) -> String {
    let magnitude = abs(value)
    func digits(_ value: Double, _ places: Double) -> String { NumberText.string((value * places).rounded() / places) }
    if magnitude >= 1e9 { return digits(value / 1e9, 100) + "B" }
    if magnitude >= 1e6 { return digits(value / 1e6, 100) + "M" }
    if magnitude >= 1e5 { return digits(value / 1e3, 10) + "k" }
    return digits(value, magnitude >= 100 ? 100 : magnitude >= 1 ? 1000 : 1e6)
  }
}
