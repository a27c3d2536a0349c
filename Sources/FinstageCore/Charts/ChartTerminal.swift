import FinstageSystem

/// A chart as characters: candles with bodies and wicks, lines in braille, the volume in blocks.
package struct ChartTerminal {
  private let chart: Chart
  private let columns: Int
  private let rows: Int
  private let hasColor: Bool

  private static let labels = 10

  /// - Parameter hasColor: rising bars are green and falling ones red; without colours, rising bodies are thin and falling ones full.
  package init(_ chart: Chart, columns: Int, rows: Int, hasColor: Bool) {
    self.chart = chart
    self.columns = max(20, columns)
    self.rows = max(8, rows)
    self.hasColor = hasColor
  }

  private var width: Int { columns - ChartTerminal.labels - 1 }

  /// How many bars share a column.
  private var barsPerColumn: Int { max(1, (chart.bars.count + width - 1) / width) }

  private func column(_ bar: Int) -> Int {
    // Few bars stand apart, so that the chart fills the terminal.
    let count = (chart.bars.count + barsPerColumn - 1) / barsPerColumn
    let spread = max(1, min(3, width / max(count, 1)))
    return bar / barsPerColumn * spread
  }

  /// Characters with colours, and dots of braille among them: two by four in each cell.
  private struct Canvas {
    let width: Int
    let height: Int
    private var dots: [UInt8]
    private var signs: [Character?]
    private var colors: [Int]

    init(_ width: Int, _ height: Int) {
      self.width = width
      self.height = height
      dots = [UInt8](repeating: 0, count: width * height)
      signs = [Character?](repeating: nil, count: width * height)
      colors = [Int](repeating: 0, count: width * height)
    }

    /// The bit of a dot, as Unicode numbers them.
    private static let bits: [[UInt8]] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]]

    mutating func dot(_ x: Int, _ y: Int, _ color: Int) {
      guard x >= 0, y >= 0, x < width * 2, y < height * 4 else { return }
      let cell = y / 4 * width + x / 2
      dots[cell] |= Canvas.bits[y % 4][x % 2]
      colors[cell] = color
    }

    mutating func line(_ from: (Int, Int), _ to: (Int, Int), _ color: Int) {
      let steps = max(abs(to.0 - from.0), abs(to.1 - from.1), 1)
      for step in 0...steps {
        dot(from.0 + (to.0 - from.0) * step / steps, from.1 + (to.1 - from.1) * step / steps, color)
      }
    }

    /// Puts a character where no line is.
    mutating func put(_ sign: Character, _ x: Int, _ y: Int, _ color: Int) {
      guard x >= 0, y >= 0, x < width, y < height, dots[y * width + x] == 0 else { return }
      signs[y * width + x] = sign
      colors[y * width + x] = color
    }

    func row(_ y: Int, hasColor: Bool) -> String {
      var result = ""
      var current = 0
      for x in 0..<width {
        let cell = y * width + x
        let sign =
          dots[cell] != 0 ? Character(Unicode.Scalar(0x2800 + UInt32(dots[cell]))!) : signs[cell] ?? " "
        let color = sign == " " ? 0 : colors[cell]
        if hasColor && color != current {
          result += color == 0 ? "\u{1B}[0m" : "\u{1B}[\(color)m"
          current = color
        }
        result.append(sign)
      }
      return current == 0 ? result : result + "\u{1B}[0m"
    }
  }

  private static let lineColors = [34, 33, 35, 36, 95, 94]
  private static let (up, down) = (32, 31)

  package func text() -> String {
    let hasVolume = chart.bars.contains { ($0.volume ?? 0) > 0 }
    // Each panel has a line for its names.
    let lower = chart.panels.isEmpty ? 0 : max(3, rows / (3 + chart.panels.count * 2))
    let taken = 2 + (hasVolume ? 1 : 0) + (chart.overlays.isEmpty ? 0 : 1) + chart.panels.count * (lower + 1)
    var result = Terminal.plain(chart.title) + "  " + chart.period
    if barsPerColumn > 1 { result += "  (a candle: \(barsPerColumn) bars)" }
    if result.count > columns { result = result.prefix(columns - 1) + "…" }
    result += "\n" + prices(max(rows - taken, 3))
    if hasVolume { result += volume() }
    for panel in chart.panels { result += oscillators(panel, lower) }
    return result + times()
  }

  /// The bars that share a column, as one.
  private var candles: [(column: Int, open: Double, high: Double, low: Double, close: Double)] {
    stride(from: 0, to: chart.bars.count, by: barsPerColumn).map { first in
      let bars = chart.bars[first..<min(first + barsPerColumn, chart.bars.count)]
      let open = bars.first!.open ?? bars.first!.close
      let close = bars.last!.close
      let high = bars.map { max($0.high ?? $0.close, $0.close, $0.open ?? $0.close) }.max()!
      let low = bars.map { min($0.low ?? $0.close, $0.close, $0.open ?? $0.close) }.min()!
      return (column(first), open, high, low, close)
    }
  }

  private func prices(_ height: Int) -> String {
    let candles = self.candles
    let values = candles.flatMap { [$0.high, $0.low] } + chart.overlays.flatMap(\.values).filter(\.isFinite)
    let (low, high) = (values.min() ?? 0, values.max() ?? 1)
    var canvas = Canvas(width, height)
    /// In half cells from the top.
    func half(_ value: Double) -> Double {
      high > low ? (high - value) / (high - low) * Double(height * 2 - 1) : Double(height)
    }
    for (i, line) in chart.overlays.enumerated() {
      draw(line, low, high, &canvas, ChartTerminal.lineColors[i % ChartTerminal.lineColors.count])
    }
    for candle in candles {
      let isUp = candle.close >= candle.open
      let color = isUp ? ChartTerminal.up : ChartTerminal.down
      let (wickTop, wickBase) = (Int(half(candle.high).rounded()), Int(half(candle.low).rounded()))
      let (top, base) = (
        Int(half(max(candle.open, candle.close)).rounded()), Int(half(min(candle.open, candle.close)).rounded())
      )
      for y in wickTop / 2...max(wickTop / 2, wickBase / 2) {
        let (upper, lower) = (y * 2, y * 2 + 1)
        func isBody(_ at: Int) -> Bool { at >= top && at <= base }
        func isWick(_ at: Int) -> Bool { at >= wickTop && at <= wickBase }
        let full: Character = hasColor || isUp ? "┃" : "█"
        let sign: Character? =
          switch (isBody(upper), isBody(lower)) {
          case (true, true): full
          case (true, false): isWick(lower) ? "╿" : "╹"
          case (false, true): isWick(upper) ? "╽" : "╻"
          case (false, false): isWick(upper) && isWick(lower) ? "│" : isWick(upper) ? "╵" : isWick(lower) ? "╷" : nil
          }
        if let sign { canvas.put(sign, candle.column, y, color) }
      }
    }
    return lines(canvas, low, high) + names(chart.overlays)
  }

  private func draw(_ line: Chart.Line, _ low: Double, _ high: Double, _ canvas: inout Canvas, _ color: Int) {
    var last: (Int, Int)?
    for (i, value) in line.values.enumerated() {
      guard value.isFinite else {
        last = nil
        continue
      }
      let share = high > low ? (value - low) / (high - low) : 0.5
      let bottom = canvas.height * 4 - 1
      let next = (
        column(i) * 2 + (i % barsPerColumn) * 2 / barsPerColumn, bottom - Int((share * Double(bottom)).rounded())
      )
      if line.form == .dots {
        canvas.dot(next.0, next.1, color)
      } else {
        canvas.line(last ?? next, next, color)
      }
      last = next
    }
  }

  /// The rows of a canvas with the axis before them.
  private func lines(_ canvas: Canvas, _ low: Double, _ high: Double) -> String {
    var result = ""
    let height = canvas.height
    for y in 0..<height {
      let share = height == 1 ? 1 : Double(height - 1 - y) / Double(height - 1)
      let isLabelled = y == 0 || y == height - 1 || y % 4 == 0 && y < height - 2
      let label = isLabelled ? Chart.label(low + (high - low) * share) : ""
      result += String(repeating: " ", count: max(0, ChartTerminal.labels - label.count)) + label
      result += (isLabelled ? "┤" : "│") + canvas.row(y, hasColor: hasColor) + "\n"
    }
    return result
  }

  /// The names of lines in their colours.
  private func names(_ lines: [Chart.Line]) -> String {
    if lines.isEmpty { return "" }
    let names = lines.enumerated().map { i, line in
      let text = line.last.map { "\(line.name) \(Chart.label($0))" } ?? line.name
      return hasColor ? "\u{1B}[\(ChartTerminal.lineColors[i % ChartTerminal.lineColors.count])m\(text)\u{1B}[0m" : text
    }
    return String(repeating: " ", count: ChartTerminal.labels + 1) + names.joined(separator: "  ") + "\n"
  }

  private func oscillators(_ panel: Chart.Panel, _ height: Int) -> String {
    let (low, high) = panel.bounds
    var canvas = Canvas(width, height)
    for (i, line) in panel.lines.enumerated() {
      draw(line, low, high, &canvas, ChartTerminal.lineColors[i % ChartTerminal.lineColors.count])
    }
    for level in panel.levels where level > low && level < high {
      let y = Int(((high - level) / (high - low) * Double(height - 1)).rounded())
      for x in 0..<width { canvas.put("┄", x, y, 90) }
    }
    return lines(canvas, low, high) + names(panel.lines)
  }

  private func volume() -> String {
    let blocks = Array("▁▂▃▄▅▆▇█")
    var sums = [Double](repeating: 0, count: width)
    var closes = [(first: Double, last: Double)](repeating: (.nan, .nan), count: width)
    for (i, bar) in chart.bars.enumerated() {
      let place = min(width - 1, column(i))
      sums[place] += bar.volume ?? 0
      closes[place] = (closes[place].first.isNaN ? bar.open ?? bar.close : closes[place].first, bar.close)
    }
    let most = sums.max() ?? 1
    var canvas = Canvas(width, 1)
    for (x, sum) in sums.enumerated() where sum > 0 {
      let color = closes[x].last >= closes[x].first ? ChartTerminal.up : ChartTerminal.down
      canvas.put(blocks[min(7, Int(sum / max(most, 1e-12) * 7.999))], x, 0, color)
    }
    return String(repeating: " ", count: ChartTerminal.labels - 6) + "volume│" + canvas.row(0, hasColor: hasColor)
      + "\n"
  }

  private func times() -> String {
    var row = [Character](repeating: " ", count: width)
    let labels = chart.timeLabels(
      room: 0...Double(width), gap: 2, place: { Double(column($0)) }, width: { Double($0.count) })
    for label in labels {
      let first = max(0, min(width - label.text.count, Int((label.at - Double(label.text.count) / 2).rounded())))
      for (i, character) in label.text.enumerated() where first + i < width { row[first + i] = character }
    }
    return String(repeating: " ", count: ChartTerminal.labels + 1) + String(row).trimmedAtEnd + "\n"
  }
}

extension String {
  fileprivate var trimmedAtEnd: String { String(reversed().drop { $0 == " " }.reversed()) }
}
