import FinstageSystem

/// A chart as SVG: candlesticks with lines over them, the volume, and a panel for oscillators.
///
/// The style is embedded and follows the reader's dark or light theme.
package struct ChartSVG {
  private let chart: Chart
  private let width: Double
  private let height: Double
  private var out = ""

  private static let left = 12.0
  private static let right = 64.0
  private static let top = 34.0
  private static let colors = ["#2f7ed8", "#e08e0b", "#8a4fbf", "#1b998b", "#c2427e", "#6b7a8f"]

  package init(_ chart: Chart, width: Int, height: Int) {
    self.chart = chart
    self.width = Double(width)
    self.height = Double(height)
  }

  private var plotWidth: Double { width - ChartSVG.left - ChartSVG.right }

  private func x(_ i: Int) -> Double {
    ChartSVG.left + (Double(i) + 0.5) * plotWidth / Double(max(chart.bars.count, 1))
  }

  private static func text(_ value: Double) -> String { NumberText.string((value * 100).rounded() / 100) }

  static func escaped(_ text: String) -> String {
    text.reduce(into: "") { result, character in
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      default: result.append(character)
      }
    }
  }

  /// A panel: where it lies, and which values it shows.
  private struct Panel {
    let top: Double
    let bottom: Double
    let low: Double
    let high: Double

    func y(_ value: Double) -> Double { bottom - (value - low) / max(high - low, 1e-12) * (bottom - top) }
  }

  /// The whole document.
  package mutating func document() -> String {
    out = """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Int(width)) \(Int(height))" width="\(Int(width))" height="\(Int(height))" \
      font-family="ui-sans-serif, system-ui, sans-serif" font-size="11" role="img">
      <title>\(ChartSVG.escaped(chart.title))</title>
      <style>
      .b{fill:#ffffff}.g{stroke:#e3e7ec}.t{fill:#4a5563}.h{fill:#1c2430;font-size:14px;font-weight:600}
      .u{fill:#1b998b;stroke:#1b998b}.d{fill:#d64550;stroke:#d64550}.v{opacity:.35;stroke:none}
      @media (prefers-color-scheme: dark){.b{fill:#12161c}.g{stroke:#2a323d}.t{fill:#9aa7b6}.h{fill:#e8edf3}}
      </style>
      <rect class="b" width="100%" height="100%"/>
      <text class="h" x="\(ChartSVG.text(ChartSVG.left))" y="20">\(ChartSVG.escaped(chart.title))</text>

      """
    let bottom = height - 24
    let hasVolume = chart.bars.contains { ($0.volume ?? 0) > 0 }
    let hasOscillator = !chart.oscillators.isEmpty
    var shares = [1.0]
    if hasVolume { shares.append(0.22) }
    if hasOscillator { shares.append(0.35) }
    let gap = 10.0
    let room = bottom - ChartSVG.top - gap * Double(shares.count - 1)
    let unit = room / shares.reduce(0, +)
    var edge = ChartSVG.top
    var places: [(Double, Double)] = []
    for share in shares {
      places.append((edge, edge + share * unit))
      edge += share * unit + gap
    }
    legend()
    prices(places[0])
    if hasVolume { volume(places[1]) }
    if hasOscillator { oscillators(places[places.count - 1]) }
    times(bottom, ChartSVG.top)
    return out + "</svg>\n"
  }

  private mutating func legend() {
    var place = width - ChartSVG.right
    for (i, line) in chart.overlays.enumerated().reversed() {
      let color = ChartSVG.colors[i % ChartSVG.colors.count]
      place -= Double(line.name.count) * 6.6 + 22
      out += "<rect x=\"\(ChartSVG.text(place))\" y=\"11\" width=\"12\" height=\"3\" fill=\"\(color)\"/>"
      out += "<text class=\"t\" x=\"\(ChartSVG.text(place + 16))\" y=\"16\">\(ChartSVG.escaped(line.name))</text>\n"
    }
  }

  private mutating func grid(_ panel: Panel, _ values: [Double]) {
    for value in values {
      let y = ChartSVG.text(panel.y(value))
      out +=
        "<line class=\"g\" x1=\"\(ChartSVG.text(ChartSVG.left))\" x2=\"\(ChartSVG.text(width - ChartSVG.right))\" y1=\"\(y)\" y2=\"\(y)\"/>"
      out +=
        "<text class=\"t\" x=\"\(ChartSVG.text(width - ChartSVG.right + 6))\" y=\"\(ChartSVG.text(panel.y(value) + 4))\">\(Chart.label(value))</text>\n"
    }
  }

  private mutating func prices(_ place: (Double, Double)) {
    var low = chart.bars.map { min($0.low ?? $0.close, $0.close) }.min() ?? 0
    var high = chart.bars.map { max($0.high ?? $0.close, $0.close) }.max() ?? 1
    for line in chart.overlays {
      for value in line.values where value.isFinite {
        low = min(low, value)
        high = max(high, value)
      }
    }
    let margin = max((high - low) * 0.04, abs(high) * 1e-6)
    let panel = Panel(top: place.0, bottom: place.1, low: low - margin, high: high + margin)
    grid(panel, Chart.ticks(low, high, max(2, Int((place.1 - place.0) / 48))))
    let step = plotWidth / Double(max(chart.bars.count, 1))
    let body = max(0.6, min(step * 0.7, 14))
    for (i, bar) in chart.bars.enumerated() {
      let open = bar.open ?? bar.close
      let isUp = bar.close >= open
      let (top, base) = (panel.y(max(open, bar.close)), panel.y(min(open, bar.close)))
      let center = x(i)
      out += "<g class=\"\(isUp ? "u" : "d")\"><line x1=\"\(ChartSVG.text(center))\" x2=\"\(ChartSVG.text(center))\""
      out +=
        " y1=\"\(ChartSVG.text(panel.y(bar.high ?? max(open, bar.close))))\" y2=\"\(ChartSVG.text(panel.y(bar.low ?? min(open, bar.close))))\"/>"
      out +=
        "<rect x=\"\(ChartSVG.text(center - body / 2))\" y=\"\(ChartSVG.text(top))\" width=\"\(ChartSVG.text(body))\""
      out += " height=\"\(ChartSVG.text(max(base - top, 0.8)))\" stroke=\"none\"/></g>\n"
    }
    for (i, line) in chart.overlays.enumerated() { draw(line, panel, ChartSVG.colors[i % ChartSVG.colors.count]) }
  }

  /// Draws a line, with breaks where there is no value.
  private mutating func draw(_ line: Chart.Line, _ panel: Panel, _ color: String) {
    var path = ""
    var isDown = false
    for (i, value) in line.values.enumerated() {
      guard value.isFinite else {
        isDown = false
        continue
      }
      path += "\(isDown ? "L" : "M")\(ChartSVG.text(x(i))) \(ChartSVG.text(panel.y(value)))"
      isDown = true
    }
    out += "<path d=\"\(path)\" fill=\"none\" stroke=\"\(color)\" stroke-width=\"1.5\" stroke-linejoin=\"round\"/>\n"
  }

  private mutating func volume(_ place: (Double, Double)) {
    let most = chart.bars.compactMap(\.volume).max() ?? 1
    let panel = Panel(top: place.0, bottom: place.1, low: 0, high: most * 1.05)
    grid(panel, Chart.ticks(0, most, 2).filter { $0 > 0 })
    let step = plotWidth / Double(max(chart.bars.count, 1))
    let body = max(0.6, min(step * 0.7, 14))
    for (i, bar) in chart.bars.enumerated() {
      guard let volume = bar.volume, volume > 0 else { continue }
      let isUp = bar.close >= bar.open ?? bar.close
      out +=
        "<rect class=\"\(isUp ? "u" : "d") v\" x=\"\(ChartSVG.text(x(i) - body / 2))\" y=\"\(ChartSVG.text(panel.y(volume)))\""
      out += " width=\"\(ChartSVG.text(body))\" height=\"\(ChartSVG.text(panel.bottom - panel.y(volume)))\"/>\n"
    }
  }

  private mutating func oscillators(_ place: (Double, Double)) {
    let values = chart.oscillators.flatMap(\.values).filter(\.isFinite)
    let (low, high) = (values.min() ?? 0, values.max() ?? 1)
    let margin = max((high - low) * 0.05, 1e-9)
    let panel = Panel(top: place.0, bottom: place.1, low: low - margin, high: high + margin)
    grid(panel, Chart.ticks(low, high, 3))
    var label = ChartSVG.left
    for (i, line) in chart.oscillators.enumerated() {
      let color = ChartSVG.colors[(i + chart.overlays.count) % ChartSVG.colors.count]
      draw(line, panel, color)
      out +=
        "<text x=\"\(ChartSVG.text(label))\" y=\"\(ChartSVG.text(place.0 + 10))\" fill=\"\(color)\">\(ChartSVG.escaped(line.name))</text>\n"
      label += Double(line.name.count) * 6.6 + 12
    }
  }

  private mutating func times(_ bottom: Double, _ top: Double) {
    let count = chart.bars.count
    guard count > 0 else { return }
    let most = max(2, Int(plotWidth / 110))
    let stride = max(1, (count + most - 1) / most)
    for i in Swift.stride(from: 0, to: count, by: stride) {
      let text: String
      switch chart.bars[i].time {
      case .date(let day): text = Timestamp.dateString(day: day)
      case .instant(let nanoseconds): text = String(Timestamp.string(nanoseconds).prefix(16)).replacing("T", with: " ")
      }
      out += "<text class=\"t\" x=\"\(ChartSVG.text(x(i)))\" y=\"\(ChartSVG.text(bottom + 16))\""
      out += " text-anchor=\"\(i == 0 ? "start" : "middle")\">\(text)</text>\n"
    }
  }
}
