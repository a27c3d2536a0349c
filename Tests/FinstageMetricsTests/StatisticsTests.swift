import FinstageCore
import FinstageMetrics
import FinstageSystem
import TestSupport
import Testing

/// The results of SciPy 1.17, in Fixtures/stats.json.
@Suite struct StatisticsTests {
  private let reference: JSONValue = {
    let path = "\(Run.package)/Tests/Fixtures/stats.json"
    return (try? JSONValue.parse(FileContent.bytes(path, limit: 1 << 24) ?? [])) ?? .null
  }()

  private func numbers(_ value: JSONValue?) -> [Double] { value?.array?.compactMap(\.double) ?? [] }

  private func isNear(_ a: Double?, _ b: Double?, _ tolerance: Double = 1e-9) -> Bool {
    guard let a, let b else { return false }
    return abs(a - b) <= tolerance * max(1, abs(b))
  }

  @Test func twoSamples() throws {
    let cases = reference["two_samples"]?.array ?? []
    #expect(cases.count == 4)
    for item in cases {
      let name = item["name"]?.string ?? ""
      let (a, b) = (Sample(numbers(item["a"])), Sample(numbers(item["b"])))
      let welch = try #require(FixedTests.welch(a, b))
      #expect(isNear(welch.t, item["welch"]?["t"]?.double), "\(name)")
      #expect(isNear(welch.df, item["welch"]?["df"]?.double), "\(name)")
      #expect(isNear(welch.p, item["welch"]?["p"]?.double, 1e-12), "\(name): \(welch.p)")
      let interval = numbers(item["welch"]?["ci95_mean_difference_a_minus_b"])
      #expect(isNear(welch.interval.low, interval[0]) && isNear(welch.interval.high, interval[1]), "\(name)")
      let rank = try #require(FixedTests.mannWhitney(a, b))
      #expect(rank.u == item["mann_whitney"]?["u"]?.double, "\(name)")
      #expect(isNear(rank.p, item["mann_whitney"]?["p_two_sided_asymptotic_continuity_ties"]?.double, 1e-12), "\(name)")
      for (share, values) in item["quantiles_linear"]?.members ?? [] {
        #expect(
          isNear(a.quantile(Double(share)!), numbers(values)[0])
            && isNear(b.quantile(Double(share)!), numbers(values)[1]))
      }
    }
  }

  @Test func countsAndTrends() throws {
    for item in reference["proportions"]?.array ?? [] {
      func number(_ key: String) -> Int { Int(item[key]?.integer ?? -1) }
      let result = try #require(FixedTests.proportions(number("x1"), of: number("n1"), number("x2"), of: number("n2")))
      #expect(isNear(result.z, item["z_pooled"]?.double) && isNear(result.p, item["p_two_sided"]?.double, 1e-12))
    }
    for item in reference["sample_ratio_mismatch"]?.array ?? [] {
      let counts = numbers(item["observed"]).map { Int($0) }
      let result = try #require(FixedTests.ratioMismatch(counts, shares: numbers(item["expected_share"])))
      #expect(isNear(result.chiSquare, item["chi2"]?.double) && isNear(result.p, item["p"]?.double, 1e-12))
    }
    let item = try #require(reference["trend"])
    let trend = try #require(Trend(numbers(item["y"])))
    #expect(isNear(trend.slope, item["theil_sen_slope"]?.double) && isNear(trend.tau, item["kendall_tau"]?.double))
    #expect(isNear(trend.plainP, item["kendall_p"]?.double, 1e-12))
    #expect(isNear(Trend.leastSquaresSlope(numbers(item["y"])), item["ols_slope"]?.double))
    #expect(
      isNear(Distributions.chiSquareAbove(12, df: 5), 0.03478778050624191, 1e-12), "the closed form of odd degrees")
    #expect(isNear(Distributions.chiSquareAbove(2, df: 7), 0.9598403687301016, 1e-12))
  }

  /// Minute samples depend on each other: the plain test sees trends in them that are not there.
  @Test func trendsOfSeriesWithMemory() throws {
    var random = SeededRandom(seed: 11)
    for (memory, most) in [(0.0, 0.09), (0.3, 0.10), (0.6, 0.13)] {
      var (plain, corrected) = (0, 0)
      for _ in 0..<400 {
        var value = 0.0
        let series = (0..<60).map { _ in
          value = memory * value + random.normal()
          return value
        }
        let trend = try #require(Trend(series))
        plain += trend.plainP <= 0.05 ? 1 : 0
        corrected += trend.p <= 0.05 ? 1 : 0
      }
      #expect(Double(corrected) / 400 <= most, "memory \(memory): \(corrected) of 400, \(plain) without correction")
      if memory > 0.5 { #expect(plain > 100) }
    }
    let steep = (0..<60).map { Double($0) + random.normal() * 5 }
    #expect(try #require(Trend(steep)).p < 1e-6)
  }

  @Test func changesOfLevel() {
    var random = SeededRandom(seed: 3)
    var found = 0
    for _ in 0..<200 {
      found += ChangePoint.find(in: (0..<120).map { _ in 100 + 10 * random.normal() }).isEmpty ? 0 : 1
    }
    #expect(found <= 1, "\(found) changes in quiet series")
    for _ in 0..<50 {
      let series = (0..<120).map { (i: Int) in (i < 70 ? 100.0 : 130) + 8 * random.normal() }
      let changes = ChangePoint.find(in: series)
      #expect(changes.count == 1 && abs((changes.first?.place ?? 0) - 70) <= 3)
      #expect(abs((changes.first?.magnitude ?? 0) - 0.3) < 0.08)
    }
    #expect(ChangePoint.find(in: []).isEmpty && ChangePoint.find(in: [Double](repeating: 5, count: 100)).isEmpty)
  }

  @Test func forecastsKnowTheirErrors() throws {
    var random = SeededRandom(seed: 8)
    let series = (0..<240).map { (i: Int) in
      50 + 0.05 * Double(i) + 20 * sin(Double(i) / 24 * 2 * .pi) + random.normal()
    }
    let forecast = try #require(Forecast(series, season: 24, steps: 48))
    #expect(
      forecast.isUseful && forecast.backtestError < 3 && forecast.naiveError > 8,
      "\(forecast.backtestError), \(forecast.naiveError)")
    var inside = 0
    for i in 0..<48 {
      let truth = 50 + 0.05 * Double(240 + i) + 20 * sin(Double(240 + i) / 24 * 2 * .pi)
      if abs(truth - forecast.values[i]) < forecast.reach[i] { inside += 1 }
    }
    #expect(inside >= 44, "\(inside) of 48")
    let walk = (0..<240).reduce(into: [0.0]) { values, _ in values.append(values.last! + random.normal()) }
    #expect(try #require(Forecast(walk, season: 24, steps: 24)).reach.last! > 2)
    #expect(Forecast(Array(series.prefix(47)), season: 24, steps: 1) == nil, "less than two seasons")
  }

  @Test func pagesOfPrometheus() {
    let text = """
      # HELP a b
      # TYPE a counter
      a_total{x="1",y="q\\"u\\\\\\n"} 1.5e3 1700000000000
      plain 7
      gap NaN
      bad{x=1} 2
      infinite +Inf
      """
    let (points, bad) = ExpositionReader.points(text, at: 5, labels: ["source": "s"])
    #expect(points.map(\.series.name) == ["a_total", "plain", "gap"] && bad == 2)
    #expect(points[0].series.labels == ["x": "1", "y": "q\"u\\\n", "source": "s"] && points[0].value == 1500)
    #expect(points[1].value == 7 && points[2].value.isNaN)
  }

  @Test func sketchesAreOffByOnePerCent() throws {
    var random = SeededRandom(seed: 5)
    let values = (0..<20_000).map { _ in exp(random.normal() * 2) - 1 } + [0, 0, 0]
    var (left, right) = (Sketch(), Sketch())
    for (i, value) in values.enumerated() { if i % 3 == 0 { left.take(value) } else { right.take(value) } }
    left.merge(right)
    let sketch = try #require(Sketch(left.bytes))
    #expect(sketch == left && sketch.count == Int64(values.count))
    let sorted = values.sorted()
    for share in [0.0, 0.01, 0.1, 0.5, 0.9, 0.99, 1] {
      let exact = sorted[Int(share * Double(sorted.count - 1))]
      let near = try #require(sketch.quantile(share))
      #expect(abs(near - exact) <= 0.0101 * abs(exact) + 1e-9, "\(share): \(near), \(exact)")
    }
    for cut in 0..<min(200, left.bytes.count) { _ = Sketch(Array(left.bytes.prefix(cut))) }
    #expect(Sketch([]) == nil && Sketch([2]) == nil)
  }
}

/// Worlds of noise in which the test of pairs looks after every pair.
@Suite struct PairedTestTests {
  enum World: String, CaseIterable, Sendable {
    case normal, logNormal, heavy, rounded, autocorrelated, drifting, stepping
  }

  /// Times of A and B of pairs, in the order that a coin draws.
  private func simulate(
    _ world: World, factor: Double, pairs: Int, noise: Double = 0.1, _ random: inout SeededRandom,
    _ look: (PairedTest) -> Bool
  ) -> Int? {
    var test = PairedTest()
    var memory = 0.0
    func time(_ index: Int) -> Double {
      switch world {
      case .normal: return max(1, 100 * (1 + noise * random.normal()))
      case .logNormal: return 100 * exp(0.3 * random.normal())
      case .heavy:
        return 100 * (1 + 0.05 * random.normal().magnitude) * (random.unit() < 0.03 ? 1 / max(1e-6, random.unit()) : 1)
      case .rounded: return (max(10, 100 * (1 + noise * random.normal())) / 10).rounded() * 10
      case .autocorrelated:
        memory = 0.9 * memory + random.normal() * 0.44
        return 100 * exp(0.1 * memory)
      case .drifting: return max(1, 100 * (1 + 0.2 * Double(index) / Double(2 * pairs)) * (1 + 0.03 * random.normal()))
      case .stepping: return max(1, 100 * ((index / 60) % 2 == 0 ? 1 : 1.3) * (1 + 0.05 * random.normal()))
      }
    }
    for pair in 0..<pairs {
      let aFirst = random.unit() < 0.5
      let (first, second) = (time(2 * pair), time(2 * pair + 1))
      let (a, b) = aFirst ? (first, second) : (second, first)
      test.take(a: a, b: b * factor)
      if look(test) { return pair + 1 }
    }
    return nil
  }

  /// Wrong in at most alpha of the tests and three standard errors, under a look after every pair.
  @Test(arguments: World.allCases) func equalCommandsAreSeldomToldApart(world: World) {
    var random = SeededRandom(seed: 100 + UInt64(World.allCases.firstIndex(of: world)!))
    let tests = 1000
    var wrong = 0
    for _ in 0..<tests {
      if simulate(world, factor: 1, pairs: 200, &random, { $0.p <= 0.05 }) != nil { wrong += 1 }
    }
    let most = 0.05 + 3 * (0.05 * 0.95 / Double(tests)).squareRoot()
    #expect(Double(wrong) / Double(tests) <= most, "\(world): \(wrong) of \(tests)")
  }

  @Test func fivePerCentAreFound() {
    var random = SeededRandom(seed: 42)
    let found = (0..<200).compactMap { _ in
      simulate(.normal, factor: 1.05, pairs: 200, &random) { $0.p <= 0.05 }
    }
    #expect(found.count >= 180, "\(found.count) of 200")
  }

  @Test func intervalsHoldTheRatio() {
    var random = SeededRandom(seed: 9)
    var missed = 0
    for _ in 0..<150 {
      var last: PairedTest?
      _ = simulate(.normal, factor: 1.2, pairs: 60, &random) {
        last = $0
        return false
      }
      guard let interval = last?.interval else {
        missed += 1
        continue
      }
      if interval.low > 1.2 || interval.high < 1.2 { missed += 1 }
      #expect(interval.low > 1.05 && interval.high < 1.45)
    }
    #expect(missed <= 15, "\(missed) of 150 intervals miss")
  }

  @Test func failuresAreCounted() {
    var test = FailureTest()
    for _ in 0..<4 { test.take(aFailed: false, bFailed: true) }
    #expect(test.p > 0.05)
    for _ in 0..<5 { test.take(aFailed: false, bFailed: true) }
    #expect(test.p < 0.05)
    test.take(aFailed: true, bFailed: true)
    #expect(test.b == 9 && test.a == 0)
  }
}
