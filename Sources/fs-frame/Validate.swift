import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageSystem

/// `fs-frame validate`: finds faults in bars.
struct Validate: Tool {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract:
      "Find bars that cannot be right: impossible, zero or negative prices, spikes, duplicates, gaps, wrong order.",
    discussion: """
      Writes one record for each finding, with symbol, ts, reason and detail, and exits with status 1 if there are \
      any. Reasons: high_below_low, outside_range, zero_price, negative_price, unit_100x, split_unadjusted, \
      dividend_unadjusted, dividend_unit, spike (a close far from both neighbours, which are near each other), \
      duplicate, out_of_order, gap (more than four weekdays in a row without a daily bar; for shorter bars, a pause of \
      more than four days). With --repair, the bars are written instead: in order, without duplicates, and corrected \
      if the right value is known. All rows are kept in memory.
      """)

  @Flag(help: "Write the bars, repaired where possible, instead of the findings.") var repair = false
  @OptionGroup(title: "Input") var input: FrameInputOptions
  @OptionGroup(title: "Output") var output: FrameOutputOptions
  @Argument(help: "Files to read; - is standard input, the default.", completion: .file()) var files: [String] = []

  private final class Stage: FrameStage {
    let repairs: Bool
    var frames: [Frame] = []
    var counts: [String: Int] = [:]
    var repaired = 0

    init(repairs: Bool) { self.repairs = repairs }

    func take(_ frame: Frame, _ emit: (Frame) throws -> Void) throws { frames.append(frame) }

    private struct Finding {
      var symbol: String
      var time: Bar.Time
      var reason: String
      var detail: String
    }

    func finish(_ emit: (Frame) throws -> Void) throws {
      let all = try Frame.series(frames)
      frames = []
      var findings: [Finding] = []
      for series in all {
        var bars = series.bars
        findings += order(series.symbol, &bars)
        findings += content(series, &bars)
        findings += gaps(series.symbol, bars)
        if repairs {
          var mended = series
          mended.bars = bars
          try emit(Frame(mended))
        }
      }
      for finding in findings { counts[finding.reason, default: 0] += 1 }
      if !repairs { try emit(table(findings)) }
    }

    /// Sorts bars by time, and keeps only the last of bars with the same time.
    private func order(_ symbol: String, _ bars: inout [Bar]) -> [Finding] {
      var findings: [Finding] = []
      var isSorted = true
      for (before, bar) in zip(bars, bars.dropFirst()) {
        if bar.time.second < before.time.second {
          isSorted = false
          findings.append(
            Finding(symbol: symbol, time: bar.time, reason: "out_of_order", detail: "after \(before.time.text)"))
        }
      }
      let key = { (bar: Bar) -> Int64 in
        if case .instant(let nanoseconds) = bar.time { nanoseconds } else { bar.time.second }
      }
      if !isSorted {
        bars = bars.enumerated().sorted { (key($0.element), $0.offset) < (key($1.element), $1.offset) }.map(\.element)
      }
      var unique: [Bar] = []
      for bar in bars {
        if let last = unique.last, last.time == bar.time {
          findings.append(
            Finding(
              symbol: symbol, time: bar.time, reason: "duplicate",
              detail: last == bar
                ? "the same" : "close \(NumberText.string(last.close)) and \(NumberText.string(bar.close))"))
          unique[unique.count - 1] = bar
        } else {
          unique.append(bar)
        }
      }
      bars = unique
      return findings
    }

    private func content(_ series: Frame.Series, _ bars: inout [Bar]) -> [Finding] {
      let symbol = series.symbol
      var findings: [Finding] = []
      for (i, finding) in BarCheck.findings(bars, currency: series.currency).sorted(by: { $0.key < $1.key }) {
        let bar = bars[i]
        for reason in finding.reasons {
          let prices = [("open", bar.open), ("high", bar.high), ("low", bar.low), ("close", bar.close)]
          let detail = prices.compactMap { name, value in value.map { "\(name) \(NumberText.string($0))" } }.joined(
            separator: " ")
          findings.append(Finding(symbol: symbol, time: bar.time, reason: reason.rawValue, detail: detail))
        }
      }
      if repairs {
        for (i, finding) in BarCheck.findings(bars, currency: series.currency) {
          guard let better = finding.repaired else { continue }
          bars[i] = better
          repaired += 1
        }
      }
      for (i, bar) in bars.enumerated() {
        let prices = [bar.open, bar.high, bar.low, bar.close].compactMap(\.self)
        if let least = prices.min(), least < 0 {
          findings.append(
            Finding(symbol: symbol, time: bar.time, reason: "negative_price", detail: NumberText.string(least)))
        }
        // More than a third away from two neighbours that are within a tenth of each other.
        guard i > 0, i + 1 < bars.count, bar.close > 0, bars[i - 1].close > 0, bars[i + 1].close > 0 else { continue }
        let (before, after) = (bars[i - 1].close, bars[i + 1].close)
        func far(_ a: Double, _ b: Double) -> Double { max(a, b) / min(a, b) - 1 }
        let isKnown = findings.contains {
          $0.time == bar.time && $0.reason != "duplicate" && $0.reason != "out_of_order"
        }
        if far(before, after) < 0.1, min(far(bar.close, before), far(bar.close, after)) > 0.35, !isKnown {
          findings.append(
            Finding(
              symbol: symbol, time: bar.time, reason: "spike",
              detail:
                "close \(NumberText.string(bar.close)) between \(NumberText.string(before)) and \(NumberText.string(after))"
            ))
        }
      }
      return findings
    }

    private func gaps(_ symbol: String, _ bars: [Bar]) -> [Finding] {
      var findings: [Finding] = []
      for (before, bar) in zip(bars, bars.dropFirst()) {
        let missing: Bool
        if case .date(let from) = before.time, case .date(let to) = bar.time {
          // Longer periods have longer pauses.
          let typical =
            bars.count > 2
            ? (bars[bars.count - 1].time.second - bars[0].time.second) / 86_400 / Int64(bars.count - 1) : 1
          let weekdays = (from + 1..<max(from + 1, to)).count { (1...5).contains(($0 + 4) % 7) }
          missing = typical <= 2 && weekdays > 4
        } else {
          missing = bar.time.second - before.time.second > 4 * 86_400 + 3600
        }
        if missing {
          findings.append(
            Finding(symbol: symbol, time: bar.time, reason: "gap", detail: "nothing since \(before.time.text)"))
        }
      }
      return findings
    }

    private func table(_ findings: [Finding]) -> Frame {
      func texts(_ name: String, _ values: [String]) -> Frame.Column {
        let pool = TextPool()
        return Frame.Column(name, Vector(.string, .int64(values.map { Int64(pool.intern($0)) }), texts: pool))
      }
      return Frame([
        texts("type", findings.map { _ in "finding" }), texts("symbol", findings.map(\.symbol)),
        texts("ts", findings.map(\.time.text)), texts("reason", findings.map(\.reason)),
        texts("detail", findings.map(\.detail)),
      ])
    }
  }

  mutating func execute() throws -> ExitStatus {
    let run = FrameRun("validate", input, output)
    let stage = Stage(repairs: repair)
    _ = try run.run(files, stage)
    if !stage.counts.isEmpty {
      let list = stage.counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
      run.diagnostics.warning("found: \(list)" + (repair ? "; \(stage.repaired) bars are repaired" : ""))
    }
    return stage.counts.isEmpty || repair ? .done : .partly
  }
}
