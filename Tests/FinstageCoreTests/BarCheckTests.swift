import FinstageCore
import FinstageSystem
import TestSupport
import Testing

/// Bars that a service got wrong, against the same bars repaired by others.
@Suite struct BarCheckTests {
  /// The bars of a file, in order of time.
  private static func bars(_ name: String) throws -> [Bar] {
    let text = try #require(Files.text("\(Run.package)/Tests/Fixtures/bad/\(name).csv"))
    let rows = text.split(whereSeparator: \.isNewline).dropFirst().map { $0.split(separator: ",").map(String.init) }
    return try rows.map { row in
      // 2023-05-08 00:00:00+02:00: a date, or an instant.
      let isDate = row[0].contains(" 00:00:00")
      let stamp = String(row[0].prefix(10)) + (isDate ? "" : "T" + row[0].dropFirst(11))
      let instant = try #require(Timestamp.parse(stamp))
      let time = isDate ? Bar.Time.date(instant / 86_400_000_000_000) : .instant(instant)
      var bar = Bar(
        time: time, open: Double(row[1]), high: Double(row[2]), low: Double(row[3]),
        close: try #require(Double(row[4])), volume: Double(row[6]))
      bar.adjustedClose = Double(row[5])
      if let dividend = Double(row[7]), dividend != 0 { bar.dividend = dividend }
      if let split = Double(row[8]), split != 0 { bar.split = split }
      return (instant, bar)
    }.sorted { $0.0 < $1.0 }.map(\.1)
  }

  private static func isClose(_ a: Double?, _ b: Double?, _ tolerance: Double = 1e-4) -> Bool {
    guard let a, let b else { return a == nil && b == nil }
    return abs(a - b) <= tolerance * max(abs(a), abs(b))
  }

  @Test(arguments: [
    ("4063-T-1d-bad-stock-split", BarCheck.Reason.split), ("ALPHA-PA-1d-bad-stock-split", .split),
    ("CNE-L-1d-bad-stock-split", .split), ("MOB-ST-1d-bad-stock-split", .split), ("ASAI-L-1h-bad-unit", .unit),
    ("8TRA-DE-1d-missing-div-adjust", .dividend),
  ])
  func whatIsWrongIsFoundAndRepaired(_ name: String, _ reason: BarCheck.Reason) throws {
    let bad = try Self.bars(name)
    let fixed = try Self.bars(name + "-fixed")
    #expect(bad.map(\.time) == fixed.map(\.time))
    let findings = BarCheck.findings(bad)
    for (i, (bad, fixed)) in zip(bad, fixed).enumerated() {
      let isSame = zip(
        [bad.open, bad.high, bad.low, bad.close, bad.adjustedClose],
        [fixed.open, fixed.high, fixed.low, fixed.close, fixed.adjustedClose]
      ).allSatisfy { Self.isClose($0, $1) }
      #expect((findings[i]?.reasons.contains(reason) == true) == !isSame, "\(name) \(bad.time.text)")
      guard !isSame else { continue }
      let repaired = try #require(findings[i]?.repaired)
      #expect(Self.isClose(repaired.open, fixed.open), "\(name) \(bad.time.text)")
      #expect(Self.isClose(repaired.high, fixed.high), "\(name) \(bad.time.text)")
      #expect(Self.isClose(repaired.low, fixed.low), "\(name) \(bad.time.text)")
      #expect(Self.isClose(repaired.close, fixed.close), "\(name) \(bad.time.text)")
      #expect(Self.isClose(repaired.adjustedClose, fixed.adjustedClose), "\(name) \(bad.time.text)")
      #expect(Self.isClose(repaired.volume, fixed.volume), "\(name) \(bad.time.text)")
    }
  }

  /// Which of two units is right cannot be known: all bars get that of most.
  @Test(arguments: ["AET-L-1d-100x-error", "SSW-JO-1d-100x-error"])
  func mixedUnitsBecomeOne(_ name: String) throws {
    let bad = try Self.bars(name)
    let fixed = try Self.bars(name + "-fixed")
    let findings = BarCheck.findings(bad).filter { $0.value.reasons.contains(.unit) }
    #expect(!findings.isEmpty && findings.count * 2 < bad.count)
    let repaired = bad.enumerated().map { findings[$0.offset]?.repaired ?? $0.element }
    let factor = repaired[0].close / fixed[0].close
    for (ours, theirs) in zip(repaired, fixed) { #expect(Self.isClose(ours.close, theirs.close * factor)) }
  }

  @Test func rightBarsAreLeftAlone() throws {
    #expect(BarCheck.findings(try Self.bars("EA-15m-no-bad-divs")).isEmpty)
    let names = Files.names(in: "\(Run.package)/Tests/Fixtures/bad").filter { $0.hasSuffix("-fixed.csv") }
    #expect(names.count == 8)
    for name in names {
      // Repaired by others, who left some highs below lows.
      let left = BarCheck.findings(try Self.bars(String(name.dropLast(4)))).values.flatMap(\.reasons)
      #expect(Set(left).isDisjoint(with: [.unit, .split, .dividend]), "\(name): \(left)")
    }
  }

  @Test func whatCannotBe() {
    func reasons(_ open: Double?, _ high: Double?, _ low: Double?, _ close: Double) -> [BarCheck.Reason] {
      let bar = Bar(time: .date(1), open: open, high: high, low: low, close: close, volume: 1)
      return BarCheck.findings([bar])[0]?.reasons ?? []
    }
    #expect(reasons(2, 3, 1, 2) == [])
    #expect(reasons(nil, nil, nil, 2) == [])
    #expect(reasons(2, 3, 1, 3.001) == [], "rounded elsewhere")
    #expect(reasons(2, 1, 3, 2) == [.highBelowLow])
    #expect(reasons(2, 3, 1, 4) == [.outsideRange])
    #expect(reasons(0.5, 3, 1, 2) == [.outsideRange])
    #expect(reasons(0, 3, 0, 2) == [.zeroPrice])
    #expect(reasons(-37, 10, -40, -37.63) == [], "oil, in April 2020")
    #expect(BarCheck.findings([]).isEmpty)
    // A split or a dividend on the first bar, and one that everybody knows of.
    var bar = Bar(time: .date(1), open: 1, high: 1, low: 1, close: 1, volume: 1)
    bar.split = 4
    bar.dividend = 0.1
    #expect(BarCheck.findings([bar]).isEmpty)
    #expect(BarCheck.findings([Bar(time: .date(0), open: 1, high: 1, low: 1, close: 1, volume: 1), bar]).isEmpty)
  }

  @Test(arguments: [(100.0, 0.04), (1000.0, 0.004)])
  func aDividendInPoundsForPricesInPence(_ unit: Double, _ amount: Double) throws {
    // Four pence on 200: the adjusted closes before it are two per cent lower.
    var bars = (0..<6).map { i in
      var bar = Bar(time: .date(Int64(i)), open: 200, high: 201, low: 199, close: 200, volume: 1)
      bar.adjustedClose = i < 3 ? 196 : 200
      return bar
    }
    bars[3].dividend = amount
    let findings = BarCheck.findings(bars)
    #expect(findings.mapValues(\.reasons) == [3: [.dividendUnit]])
    #expect(findings[3]?.repaired?.dividend == amount * unit)
    bars[3].dividend = 4
    #expect(BarCheck.findings(bars).isEmpty)
  }

  @Test func aSplitInTheMarketIsNoFault() {
    // A stock falls by half without a split, and one that is adjusted splits.
    var bars = (0..<40).map { i in
      let price = i < 20 ? 100.0 : 50
      return Bar(time: .date(Int64(i)), open: price, high: price, low: price, close: price, volume: 1)
    }
    #expect(BarCheck.findings(bars).isEmpty)
    bars[35].split = 2
    #expect(BarCheck.findings(bars).isEmpty)
  }
}
