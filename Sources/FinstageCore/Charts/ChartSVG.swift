import FinstageSystem

/// A chart as SVG: candlesticks with lines over them, the volume, and a panel with its own axis for each kind of oscillator. Bars stand
/// side by side whatever the time between them, so that nights and weekends leave no gaps.
package struct ChartSVG {
  /// The colours; `auto` follows the reader's theme where a viewer knows it, and is light elsewhere.
  package enum Style: String, Sendable, CaseIterable { case auto, light, dark }

  private let chart: Chart
  private let width: Double
  private let height: Double
  private let style: Style
  private var out = ""
  /// How many lines have a colour.
  private var colored = 0

  private static let left = 12.0
  private static let right = 64.0
  private static let top = 30.0
  /// The room above a panel for its legend.
  private static let head = 17.0
  private static let colors = ["#2f7ed8", "#e08e0b", "#8a4fbf", "#159a9c", "#c2427e", "#6b7a8f", "#a0522d", "#5c8a1e"]
  private static let lightColors = ".b{fill:#ffffff}.g{stroke:#e3e7ec}.t{fill:#4a5563}.h{fill:#1c2430}.a{fill:#2f7ed8}"
  private static let darkColors = ".b{fill:#12161c}.g{stroke:#2a323d}.t{fill:#9aa7b6}.h{fill:#e8edf3}.a{fill:#5a9bf0}"

  package init(_ chart: Chart, width: Int, height: Int, style: Style = .auto) {
    self.chart = chart
    self.width = Double(width)
    self.height = Double(height)
    self.style = style
  }

  private var edge: Double { width - ChartSVG.right }
  private var step: Double { (edge - ChartSVG.left) / Double(max(chart.bars.count, 1)) }

  private func x(_ i: Int) -> Double { ChartSVG.left + (Double(i) + 0.5) * step }

  private static func text(_ value: Double) -> String { NumberText.string((value * 100).rounded() / 100) }

  /// About the width of a text in points, at the size of labels.
  private static func width(_ text: String) -> Double {
    text.reduce(0) { $0 + ("il.,:|' ".contains($1) ? 3.4 : $1.isUppercase || $1 == "_" ? 7.4 : 6.3) }
  }

  static func escaped(_ text: String) -> String {
    text.reduce(into: "") { result, character in
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      default:
        for scalar in character.unicodeScalars {
          // What XML 1.0 cannot hold (section 2.2), and what would change the direction of the rest.
          let isForbidden =
            scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || scalar.value & 0xFFFE == 0xFFFE
            || Terminal.isDirection(scalar)
          result.unicodeScalars.append(isForbidden ? "\u{FFFD}" : scalar)
        }
      }
    }
  }

  /// A panel: where it lies, and which values it shows.
  private struct Area {
    let top: Double
    let bottom: Double
    let low: Double
    let high: Double

    /// - Parameter margin: the share of the range that is left free above and below.
    init(_ place: (top: Double, bottom: Double), _ low: Double, _ high: Double, margin: Double) {
      (top, bottom) = place
      let more = max((high - low) * margin, abs(high) * 1e-6, 1e-12)
      self.low = low - more
      self.high = high + more
    }

    func y(_ value: Double) -> Double { bottom - (value - low) / max(high - low, 1e-12) * (bottom - top) }
  }

  /// The whole document.
  package mutating func document() -> String {
    let colors =
      switch style {
      case .light: ChartSVG.lightColors
      case .dark: ChartSVG.darkColors
      case .auto: ChartSVG.lightColors + "\n@media (prefers-color-scheme: dark){\(ChartSVG.darkColors)}"
      }
    out = """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(Int(width)) \(Int(height))" width="\(Int(width))" height="\(Int(height))" \
      font-family="ui-sans-serif, system-ui, Helvetica, Arial, sans-serif" font-size="11" role="img">
      <title>\(ChartSVG.escaped(chart.title))</title>
      <style>
      .u{fill:#159a7a;stroke:#159a7a}.d{fill:#d64550;stroke:#d64550}.v{opacity:.4;stroke:none}.n{stroke:none}
      .l{fill:none;stroke-width:1.4;stroke-linejoin:round}.r{stroke:#8a94a3;stroke-dasharray:4 3}.h{font-size:14px;font-weight:600}
      \(colors)
      </style>
      <rect class="b" width="100%" height="100%"/>
      <text class="h" x="\(ChartSVG.text(ChartSVG.left))" y="20">\(ChartSVG.escaped(chart.title))</text>
      <text class="t" x="\(ChartSVG.text(edge))" y="20" text-anchor="end">\(chart.period)</text>

      """
    let bottom = height - 24
    let hasVolume = chart.bars.contains { ($0.volume ?? 0) > 0 }
    // Prices keep at least the room of two panels.
    let share = min(0.32, 1.4 / Double(max(chart.panels.count, 1)))
    let shares = [1.0] + (hasVolume ? [0.2] : []) + chart.panels.map { _ in share }
    let room = bottom - ChartSVG.top - ChartSVG.head * Double(shares.count)
    let unit = max(room, 20) / shares.reduce(0, +)
    var edge = ChartSVG.top
    let places = shares.map { share -> (top: Double, bottom: Double) in
      let top = edge + ChartSVG.head
      edge = top + share * unit
      return (top, edge)
    }
    let labels = chart.timeLabels(
      room: ChartSVG.left...self.edge, gap: 14, place: { x($0) }, width: { ChartSVG.width($0) })
    times(labels, ChartSVG.top + ChartSVG.head, bottom)
    prices(places[0])
    if hasVolume { volume(places[1]) }
    for (panel, place) in zip(chart.panels, places.suffix(chart.panels.count)) { oscillators(panel, place) }
    return out + "</svg>\n"
  }

  // MARK: - Panels

  private mutating func horizontal(_ y: Double, _ style: String) {
    let at = ChartSVG.text(y)
    out +=
      "<line class=\"\(style)\" x1=\"\(ChartSVG.text(ChartSVG.left))\" x2=\"\(ChartSVG.text(edge))\" y1=\"\(at)\" y2=\"\(at)\"/>"
  }

  private mutating func grid(_ area: Area, _ values: [Double], hides hidden: Double? = nil) {
    for value in values {
      let y = area.y(value)
      horizontal(y, "g")
      if let hidden, abs(area.y(hidden) - y) < 12 { continue }
      out +=
        "<text class=\"t\" x=\"\(ChartSVG.text(edge + 6))\" y=\"\(ChartSVG.text(y + 4))\">\(Chart.label(value))</text>\n"
    }
  }

  /// The names of lines above their panel, each in its colour and with its last value.
  private mutating func legend(_ entries: [(name: String, value: Double?, color: String)], above top: Double) {
    var place = ChartSVG.left
    for (i, entry) in entries.enumerated() {
      let text = entry.value.map { "\(entry.name) \(Chart.label($0))" } ?? entry.name
      let needed = ChartSVG.width(text)
      if place + needed > edge {
        out +=
          "<text class=\"t\" x=\"\(ChartSVG.text(place))\" y=\"\(ChartSVG.text(top - 5))\">+\(entries.count - i)</text>\n"
        return
      }
      out +=
        "<text x=\"\(ChartSVG.text(place))\" y=\"\(ChartSVG.text(top - 5))\" fill=\"\(entry.color)\">\(ChartSVG.escaped(text))</text>\n"
      place += needed + 14
    }
  }

  private mutating func nextColor() -> String {
    colored += 1
    return ChartSVG.colors[(colored - 1) % ChartSVG.colors.count]
  }

  /// A label on the axis that stands out: the last price.
  private mutating func tag(_ area: Area, _ value: Double) {
    let y = area.y(value)
    horizontal(y, "r")
    let text = Chart.label(value)
    out +=
      "<rect class=\"a\" x=\"\(ChartSVG.text(edge + 2))\" y=\"\(ChartSVG.text(y - 8))\" width=\"\(ChartSVG.text(ChartSVG.width(text) + 8))\""
    out += " height=\"16\" rx=\"2\"/>"
    out += "<text x=\"\(ChartSVG.text(edge + 6))\" y=\"\(ChartSVG.text(y + 4))\" fill=\"#ffffff\">\(text)</text>\n"
  }

  private mutating func prices(_ place: (top: Double, bottom: Double)) {
    var low = chart.bars.map { min($0.low ?? $0.close, $0.close) }.min() ?? 0
    var high = chart.bars.map { max($0.high ?? $0.close, $0.close) }.max() ?? 1
    for line in chart.overlays {
      for value in line.values where value.isFinite {
        low = min(low, value)
        high = max(high, value)
      }
    }
    let area = Area(place, low, high, margin: 0.04)
    let last = chart.bars.last?.close
    grid(area, Chart.ticks(low, high, max(2, Int((place.bottom - place.top) / 48))), hides: last)
    let colors = chart.overlays.map { _ in nextColor() }
    for band in chart.bands {
      let color = chart.overlays.firstIndex { $0.name == band.upper.name }.map { colors[$0] } ?? ChartSVG.colors[0]
      fill(band.upper.values, band.lower.values, area, color)
    }
    for isUp in [true, false] { candles(isUp, area) }
    // A line on top of another is dashed, so that both are seen.
    for (i, line) in chart.overlays.enumerated() { draw(line, area, colors[i], isDashed: chart.isHidden(i)) }
    if let last { tag(area, last) }
    legend(zip(chart.overlays, colors).map { ($0.name, $0.last, $1) }, above: place.top)
  }

  /// The candles of one colour as one path for the wicks and one for the bodies.
  private mutating func candles(_ isUp: Bool, _ area: Area) {
    let body = max(0.6, min(step * 0.7, 14))
    var (wicks, bodies) = ("", "")
    for (i, bar) in chart.bars.enumerated() {
      let open = bar.open ?? bar.close
      guard (bar.close >= open) == isUp else { continue }
      let (top, base) = (area.y(max(open, bar.close)), area.y(min(open, bar.close)))
      let (high, low) = (bar.high ?? max(open, bar.close), bar.low ?? min(open, bar.close))
      if high > low { wicks += "M\(ChartSVG.text(x(i))) \(ChartSVG.text(area.y(high)))V\(ChartSVG.text(area.y(low)))" }
      bodies += "M\(ChartSVG.text(x(i) - body / 2)) \(ChartSVG.text(top))h\(ChartSVG.text(body))"
      bodies += "v\(ChartSVG.text(max(base - top, 0.8)))h\(ChartSVG.text(-body))z"
    }
    if bodies.isEmpty { return }
    out +=
      "<path class=\"\(isUp ? "u" : "d")\" d=\"\(wicks)\"/><path class=\"\(isUp ? "u" : "d") n\" d=\"\(bodies)\"/>\n"
  }

  /// Draws values as a line with breaks where there are none, as dots, or as bars from zero.
  private mutating func draw(_ line: Chart.Line, _ area: Area, _ color: String, isDashed: Bool = false) {
    switch line.form {
    case .line:
      var path = ""
      var isDown = false
      for (i, value) in line.values.enumerated() {
        guard value.isFinite else {
          isDown = false
          continue
        }
        path += "\(isDown ? "L" : "M")\(ChartSVG.text(x(i))) \(ChartSVG.text(area.y(value)))"
        isDown = true
      }
      let dash = isDashed ? " stroke-dasharray=\"6 6\"" : ""
      out += "<path class=\"l\" stroke=\"\(color)\"\(dash) d=\"\(path)\"/>\n"
    case .dots:
      let radius = ChartSVG.text(max(0.8, min(step * 0.22, 2)))
      for (i, value) in line.values.enumerated() where value.isFinite {
        out +=
          "<circle cx=\"\(ChartSVG.text(x(i)))\" cy=\"\(ChartSVG.text(area.y(value)))\" r=\"\(radius)\" fill=\"\(color)\"/>"
      }
      out += "\n"
    case .bars:
      let body = max(0.6, min(step * 0.6, 12))
      let zero = area.y(0)
      for isUp in [true, false] {
        var path = ""
        for (i, value) in line.values.enumerated() where value.isFinite && (value >= 0) == isUp {
          path += "M\(ChartSVG.text(x(i) - body / 2)) \(ChartSVG.text(zero))h\(ChartSVG.text(body))"
          path += "V\(ChartSVG.text(area.y(value)))h\(ChartSVG.text(-body))z"
        }
        if !path.isEmpty { out += "<path class=\"\(isUp ? "u" : "d") v\" d=\"\(path)\"/>\n" }
      }
    }
  }

  /// Fills the space between two lines wherever both have values.
  private mutating func fill(_ upper: [Double], _ lower: [Double], _ area: Area, _ color: String) {
    var path = ""
    var start = 0
    while start < upper.count {
      guard upper[start].isFinite && lower[start].isFinite else {
        start += 1
        continue
      }
      var end = start
      while end < upper.count && upper[end].isFinite && lower[end].isFinite { end += 1 }
      for i in start..<end {
        path += "\(i == start ? "M" : "L")\(ChartSVG.text(x(i))) \(ChartSVG.text(area.y(upper[i])))"
      }
      for i in (start..<end).reversed() { path += "L\(ChartSVG.text(x(i))) \(ChartSVG.text(area.y(lower[i])))" }
      path += "z"
      start = end
    }
    if !path.isEmpty { out += "<path d=\"\(path)\" fill=\"\(color)\" fill-opacity=\"0.09\"/>\n" }
  }

  private mutating func volume(_ place: (top: Double, bottom: Double)) {
    let most = chart.bars.compactMap(\.volume).max() ?? 1
    let area = Area(place, 0, most, margin: 0)
    grid(area, Chart.ticks(0, most, 2).filter { $0 > 0 })
    let body = max(0.6, min(step * 0.7, 14))
    for isUp in [true, false] {
      var path = ""
      for (i, bar) in chart.bars.enumerated() {
        guard let volume = bar.volume, volume > 0, (bar.close >= bar.open ?? bar.close) == isUp else { continue }
        path += "M\(ChartSVG.text(x(i) - body / 2)) \(ChartSVG.text(area.bottom))h\(ChartSVG.text(body))"
        path += "V\(ChartSVG.text(area.y(volume)))h\(ChartSVG.text(-body))z"
      }
      if !path.isEmpty { out += "<path class=\"\(isUp ? "u" : "d") v\" d=\"\(path)\"/>\n" }
    }
    out += "<text class=\"t\" x=\"\(ChartSVG.text(ChartSVG.left))\" y=\"\(ChartSVG.text(place.top - 5))\">volume"
    out += (chart.bars.last?.volume.map { " " + Chart.label($0) } ?? "") + "</text>\n"
  }

  private mutating func oscillators(_ panel: Chart.Panel, _ place: (top: Double, bottom: Double)) {
    let (low, high) = panel.bounds
    let area = Area(place, low, high, margin: panel.range == nil ? 0.06 : 0)
    let levels = panel.levels.filter { $0 >= low && $0 <= high }
    grid(
      area,
      levels.count > 1 ? levels : Chart.ticks(low, high, max(2, Int((place.bottom - place.top) / 28))))
    for level in levels { horizontal(area.y(level), "r") }
    if levels.count == 2 && panel.range != nil {
      // The zone between the levels, as traders know it.
      out +=
        "<rect x=\"\(ChartSVG.text(ChartSVG.left))\" y=\"\(ChartSVG.text(area.y(levels[1])))\" width=\"\(ChartSVG.text(edge - ChartSVG.left))\""
      out +=
        " height=\"\(ChartSVG.text(area.y(levels[0]) - area.y(levels[1])))\" fill=\"#8a4fbf\" fill-opacity=\"0.06\"/>\n"
    }
    var entries: [(name: String, value: Double?, color: String)] = []
    // Bars first, so that they lie behind the lines.
    for line in panel.lines.filter({ $0.form == .bars }) + panel.lines.filter({ $0.form != .bars }) {
      let color = line.form == .bars ? "#6b7a8f" : nextColor()
      draw(line, area, color)
      entries.append((line.name, line.last, color))
    }
    legend(entries, above: place.top)
  }

  private mutating func times(
    _ labels: [(bar: Int, at: Double, text: String, isMajor: Bool)], _ top: Double, _ bottom: Double
  ) {
    for label in labels {
      if label.bar > 0 {
        let at = ChartSVG.text(x(label.bar))
        out +=
          "<line class=\"g\" x1=\"\(at)\" x2=\"\(at)\" y1=\"\(ChartSVG.text(top))\" y2=\"\(ChartSVG.text(bottom))\"/>"
      }
      out +=
        "<text class=\"t\" x=\"\(ChartSVG.text(label.at))\" y=\"\(ChartSVG.text(bottom + 16))\" text-anchor=\"middle\""
      out += "\(label.isMajor ? " font-weight=\"600\"" : "")>\(label.text)</text>\n"
    }
  }
}
