import FinstageSystem

/// What a chart shows: the bars of one symbol, lines over them, and panels with oscillators below.
package struct Chart {
  package struct Line {
    /// How values are drawn.
    package enum Form: Sendable { case line, bars, dots }

    package let name: String
    /// The name of the indicator.
    package let family: String
    /// NaN where there is no value.
    package var values: [Double]

    package init(name: String, family: String, values: [Double]) {
      self.name = name
      self.family = family
      self.values = values
    }

    var form: Form {
      if name.contains("_hist") { return .bars }
      return family == "sar" ? .dots : .line
    }

    /// The last value; nil if there is none.
    var last: Double? { values.last { $0.isFinite } }
  }

  /// Lines that share an axis below the prices.
  struct Panel {
    let name: String
    var lines: [Line] = []
    var levels: [Double] = []
    var range: ClosedRange<Double>?

    /// The least and the greatest value that the axis shows.
    var bounds: (low: Double, high: Double) {
      var all = lines.flatMap(\.values).filter(\.isFinite)
      if let range {
        all += [range.lowerBound, range.upperBound]
      } else if levels.contains(0) || lines.contains(where: { $0.form == .bars }) {
        all.append(0)
      }
      return (all.min() ?? 0, all.max() ?? 1)
    }
  }

  package var title: String
  package var bars: [Bar]
  private(set) var overlays: [Line] = []
  private(set) var panels: [Panel] = []

  package init(title: String, bars: [Bar]) {
    self.title = title
    self.bars = bars
  }

  /// Adds each line where it belongs: among the prices, or in the panel of its kind.
  package mutating func add(_ lines: [Line]) {
    let low = bars.compactMap { $0.low ?? $0.close }.min() ?? 0
    let high = bars.compactMap { $0.high ?? $0.close }.max() ?? 1
    for line in lines {
      let values = line.values.filter(\.isFinite).sorted()
      guard let first = values.first, let last = values.last else { continue }
      let middle = values[values.count / 2]
      let isNearPrices = middle >= low * 0.8 && middle <= high * 1.25 && first > low * 0.5 && last < high * 2 && low > 0
      let family = ChartFamily.all[line.family]
      // The direction of SuperTrend is 1 or -1, which is not a price.
      let isOverlay =
        family.map { $0.panel == nil } == true ? !line.name.contains("_direction") : family == nil && isNearPrices
      if isOverlay {
        overlays.append(line)
        continue
      }
      let name = family?.panel ?? (family == nil ? line.family : line.name)
      if let place = panels.firstIndex(where: { $0.name == name }) {
        panels[place].lines.append(line)
      } else {
        panels.append(
          Panel(name: name, lines: [line], levels: family?.levels ?? [], range: family?.range))
      }
    }
  }

  /// The times of the first and the last bar.
  var period: String {
    guard let first = bars.first, let last = bars.last else { return "" }
    func text(_ bar: Bar) -> String {
      if case .date = bar.time { return bar.time.text }
      return String(bar.time.text.prefix(16)).replacing("T", with: " ")
    }
    return bars.count == 1 ? text(first) : "\(text(first)) to \(text(last))"
  }

  /// Whether an earlier line among the prices has the same values, and would be hidden.
  func isHidden(_ place: Int) -> Bool {
    overlays[..<place].contains { other in
      zip(other.values, overlays[place].values).allSatisfy { a, b in
        a.isNaN && b.isNaN || abs(a - b) <= 1e-9 * max(abs(a), abs(b))
      }
    }
  }

  /// The pairs of lines with the space between them filled: the upper and the lower band of one indicator.
  var bands: [(upper: Line, lower: Line)] {
    overlays.compactMap { upper in
      guard upper.name.contains("_upper") || upper.name.contains("_senkou_a") else { return nil }
      let other = upper.name.replacing("_upper", with: "_lower").replacing("_senkou_a", with: "_senkou_b")
      return overlays.first { $0.name == other }.map { (upper, $0) }
    }
  }

  package var panelCount: Int { panels.count }

  // MARK: - Labels

  /// Round numbers between two bounds, with at most `most` steps between them.
  static func ticks(_ low: Double, _ high: Double, _ most: Int) -> [Double] {
    guard high > low, most > 0 else { return [low] }
    let raw = (high - low) / Double(most)
    // Steps that a double hardly tells apart.
    guard raw.isFinite, raw > 1e-290 else { return [low] }
    var unit = 1.0
    while unit > raw { unit /= 10 }
    while unit * 10 <= raw { unit *= 10 }
    let step = [1.0, 2, 2.5, 5, 10].map { $0 * unit }.first { $0 >= raw } ?? unit * 10
    var result: [Double] = []
    let first = (low / step).rounded(.up)
    // Counted, because a step may be lost beside a price that is very large.
    for i in 0...most * 2 {
      let value = (first + Double(i)) * step
      if value > high + step * 1e-9 { break }
      if result.last != value { result.append(value) }
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

  /// The labels of the time axis: where years, months, days and hours begin, the most important ones first, as many as there is room for.
  /// - Parameters:
  ///   - width: the width of a text.
  ///   - place: the middle of a bar.
  ///   - room: the bounds that no label may leave.
  func timeLabels(
    room: ClosedRange<Double>, gap: Double, place: (Int) -> Double, width: (String) -> Double
  ) -> [(bar: Int, at: Double, text: String, isMajor: Bool)] {
    struct Moment {
      var year: Int64
      var month: Int64
      var day: Int64
      var second: Int64?
    }
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let moments = bars.map { bar -> Moment in
      let second = bar.time.second
      let day = Timestamp.floor(second, 86_400) / 86_400
      let date = Timestamp.civil(day: day)
      var moment = Moment(year: date.year, month: date.month, day: date.day, second: nil)
      if case .instant = bar.time { moment.second = second - day * 86_400 }
      return moment
    }
    func clock(_ second: Int64) -> String {
      let (hour, minute) = (second / 3600, second / 60 % 60)
      return (hour < 10 ? "0" : "") + "\(hour):" + (minute < 10 ? "0" : "") + "\(minute)"
    }
    var candidates: [(weight: Int, bar: Int, text: String)] = []
    for (i, moment) in moments.enumerated() {
      let date = "\(months[Int(moment.month) - 1]) \(moment.day)"
      if i == 0 {
        // The title has the dates of the first and the last bar: this one only helps where there is room.
        candidates.append((-1, i, date))
        continue
      }
      let before = moments[i - 1]
      if moment.year != before.year {
        candidates.append((4, i, "\(moment.year)"))
      } else if moment.month != before.month {
        candidates.append((3, i, moment.second == nil ? months[Int(moment.month) - 1] : date))
      } else if moment.day != before.day {
        candidates.append((moment.second == nil ? 0 : 2, i, moment.second == nil ? "\(moment.day)" : date))
      } else if let second = moment.second, second % 3600 == 0 {
        candidates.append((1, i, clock(second)))
      } else if let second = moment.second {
        candidates.append((0, i, clock(second)))
      }
    }
    // Of labels of one weight those that halve the free room come first, so that they are spread evenly.
    var taken: [(bar: Int, at: Double, text: String, isMajor: Bool, left: Double, right: Double)] = []
    for weight in stride(from: 4, through: -1, by: -1) {
      let those = candidates.filter { $0.weight == weight }
      guard !those.isEmpty else { continue }
      let widest = those.map { width($0.text) }.max()! + gap
      let step = max(1, Int((widest * Double(those.count) / max(room.upperBound - room.lowerBound, 1)).rounded(.up)))
      for (i, candidate) in those.enumerated() where i % step == 0 {
        let half = width(candidate.text) / 2
        let at = min(max(place(candidate.bar), room.lowerBound + half), room.upperBound - half)
        if taken.contains(where: { at - half < $0.right + gap && at + half > $0.left - gap }) { continue }
        taken.append((candidate.bar, at, candidate.text, weight >= 3, at - half, at + half))
      }
    }
    return taken.sorted { $0.bar < $1.bar }.map { ($0.bar, $0.at, $0.text, $0.isMajor) }
  }
}
