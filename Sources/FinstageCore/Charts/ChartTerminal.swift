import FinstageSystem

/// A chart as characters: closes and lines in braille, the volume in blocks.
package struct ChartTerminal {
  private let chart: Chart
  private let columns: Int
  private let rows: Int

  package init(_ chart: Chart, columns: Int, rows: Int) {
    self.chart = chart
    self.columns = max(20, columns)
    self.rows = max(8, rows)
  }

  /// Dots of braille characters: two by four in each cell.
  private struct Canvas {
    let width: Int
    let height: Int
    private var cells: [UInt8]

    init(_ width: Int, _ height: Int) {
      self.width = width
      self.height = height
      cells = [UInt8](repeating: 0, count: width * height)
    }

    /// The bit of a dot, as Unicode numbers them.
    private static let bits: [[UInt8]] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]]

    mutating func dot(_ x: Int, _ y: Int) {
      guard x >= 0, y >= 0, x < width * 2, y < height * 4 else { return }
      cells[y / 4 * width + x / 2] |= Canvas.bits[y % 4][x % 2]
    }

    mutating func line(_ from: (Int, Int), _ to: (Int, Int)) {
      let steps = max(abs(to.0 - from.0), abs(to.1 - from.1), 1)
      for step in 0...steps {
        dot(from.0 + (to.0 - from.0) * step / steps, from.1 + (to.1 - from.1) * step / steps)
      }
    }

    func row(_ y: Int) -> String {
      String(
        String.UnicodeScalarView(
          (0..<width).map { Unicode.Scalar(0x2800 + UInt32(cells[y * width + $0]))! }))
    }
  }

  package func text() -> String {
    let labels = 10
    let width = columns - labels - 1
    let hasVolume = chart.bars.contains { ($0.volume ?? 0) > 0 }
    let hasOscillator = !chart.oscillators.isEmpty
    var height = rows - 3 - (hasVolume ? 2 : 0)
    let lower = hasOscillator ? max(3, height / 4) : 0
    height -= lower
    var result = chart.title + "\n"
    let closes = Chart.Line(name: "close", values: chart.bars.map(\.close))
    result += panel([closes] + chart.overlays, width, max(height, 3), labels, range: true)
    if hasVolume { result += volume(width, labels) }
    if hasOscillator {
      result += panel(chart.oscillators, width, lower, labels, range: false)
    }
    if let first = chart.bars.first, let last = chart.bars.last {
      let (from, to) = (first.time.text, last.time.text)
      let gap = max(1, width - from.count - to.count)
      result += String(repeating: " ", count: labels + 1) + from + String(repeating: " ", count: gap) + to + "\n"
    }
    return result
  }

  private func panel(_ lines: [Chart.Line], _ width: Int, _ height: Int, _ labels: Int, range isPrice: Bool) -> String {
    var canvas = Canvas(width, height)
    var values = lines.flatMap(\.values).filter(\.isFinite)
    if isPrice { values += chart.bars.flatMap { [$0.high, $0.low].compactMap(\.self) } }
    let (low, high) = (values.min() ?? 0, values.max() ?? 1)
    let count = max(chart.bars.count, 1)
    func place(_ i: Int, _ value: Double) -> (Int, Int) {
      let x = count == 1 ? 0 : i * (width * 2 - 1) / (count - 1)
      let share = high > low ? (value - low) / (high - low) : 0.5
      return (x, height * 4 - 1 - Int((share * Double(height * 4 - 1)).rounded()))
    }
    if isPrice && count <= width * 2 {
      for (i, bar) in chart.bars.enumerated() {
        if let high = bar.high, let low = bar.low { canvas.line(place(i, high), place(i, low)) }
      }
    }
    for line in lines {
      if isPrice && line.name == "close" && count <= width * 2 { continue }
      var last: (Int, Int)?
      for (i, value) in line.values.enumerated() {
        guard value.isFinite else {
          last = nil
          continue
        }
        let next = place(i, value)
        canvas.line(last ?? next, next)
        last = next
      }
    }
    var result = ""
    for y in 0..<height {
      let share = height == 1 ? 1 : Double(height - 1 - y) / Double(height - 1)
      let isLabelled = y == 0 || y == height - 1 || y % 4 == 0
      let label = isLabelled ? Chart.label(low + (high - low) * share) : ""
      result +=
        String(repeating: " ", count: max(0, labels - label.count)) + label + (isLabelled ? "┤" : "│") + canvas.row(y)
        + "\n"
    }
    if !isPrice || lines.count > 1 {
      let names = lines.map(\.name).filter { $0 != "close" || !isPrice }
      result += String(repeating: " ", count: labels + 1) + names.joined(separator: ", ") + "\n"
    }
    return result
  }

  private func volume(_ width: Int, _ labels: Int) -> String {
    let blocks = Array("▁▂▃▄▅▆▇█")
    var sums = [Double](repeating: 0, count: width)
    let count = max(chart.bars.count, 1)
    for (i, bar) in chart.bars.enumerated() { sums[min(width - 1, i * width / count)] += bar.volume ?? 0 }
    let most = sums.max() ?? 1
    let row = sums.map { sum in sum <= 0 ? " " : String(blocks[min(7, Int(sum / max(most, 1e-12) * 7.999))]) }.joined()
    let label = "volume"
    return String(repeating: " ", count: labels - label.count) + label + "│" + row + "\n"
  }
}
