import FinstageCore
import FinstageMetrics
import FinstageSystem
import TestSupport
import Testing

@Suite struct ExperimentTests {
  private let home = TemporaryFolder()

  private func experiment(_ shares: [Double] = [50, 50]) throws -> Experiment {
    try Experiment(
      id: "t", salt: "s", variants: shares.enumerated().map { ("v\($0.offset)", $0.element) }, created: 0)
  }

  @Test func assignmentIsStickyAndHasItsShares() throws {
    let test = try experiment([70, 20, 10])
    var counts: [String: Int] = [:]
    for i in 0..<20_000 { counts[test.variant(of: "user\(i)").name, default: 0] += 1 }
    let p = try #require(
      FixedTests.ratioMismatch(["v0", "v1", "v2"].map { counts[$0] ?? 0 }, shares: [0.7, 0.2, 0.1])?.p)
    #expect(p > 0.001, "\(counts)")
    #expect(test.variant(of: "x").name == test.variant(of: "x").name)
    var other = test
    other.salt = "another"
    let same = (0..<2000).count { test.variant(of: "u\($0)").name == other.variant(of: "u\($0)").name }
    #expect(abs(Double(same) / 2000 - (0.49 + 0.04 + 0.01)) < 0.05, "tests do not depend on each other: \(same)")
    #expect(throws: (any Error).self) { try experiment([50, 40]) }
    #expect(throws: (any Error).self) { try experiment([100]) }
    #expect(throws: (any Error).self) { try experiment([150, -50]) }
  }

  private func results(
    _ test: Experiment, _ count: Int, _ random: inout SeededRandom, _ factor: (String) -> Double,
    failing: (String) -> Double = { _ in 0 }
  ) -> [ExperimentAnalysis.Result] {
    (0..<count).map { i in
      let name = test.variant(of: "u\(i)-\(random.next())").name
      let isSuccess = random.unit() >= failing(name)
      return .init(variant: name, value: 100 * factor(name) * exp(0.3 * random.normal()), isSuccess: isSuccess)
    }
  }

  private func verdicts(_ analysis: ExperimentAnalysis) -> [String] {
    (analysis.report["variants"]?.array ?? []).compactMap { $0["verdict"]?.string }
  }

  @Test func verdictsHold() throws {
    var random = SeededRandom(seed: 4)
    let test = try experiment([40, 30, 30])
    let better = ExperimentAnalysis(test, results(test, 3000, &random) { $0 == "v2" ? 0.8 : 1 })
    #expect(
      verdicts(better) == ["undecided", "better"] && better.report["best"]?.string == "v2", "\(better.report.text)")
    let fails = ExperimentAnalysis(test, results(test, 3000, &random, { _ in 1 }, failing: { $0 == "v1" ? 0.2 : 0.02 }))
    #expect(verdicts(fails).first == "fails", "\(fails.report.text)")
    // Looked at again and again, equal variants are seldom told apart.
    var wrong = 0
    for _ in 0..<60 {
      let all = results(test, 600, &random) { _ in 1 }
      if stride(from: 100, through: 600, by: 100).contains(where: { count in
        verdicts(ExperimentAnalysis(test, Array(all.prefix(count)))).contains { $0 != "undecided" }
      }) {
        wrong += 1
      }
    }
    #expect(wrong <= 8, "\(wrong) of 60")
  }

  @Test func countsThatAreNotAsPlanned() throws {
    var random = SeededRandom(seed: 5)
    let test = try experiment()
    let fair = (0..<5000).map { _ in
      ExperimentAnalysis.Result(variant: random.unit() < 0.5 ? "v0" : "v1", value: 1, isSuccess: true)
    }
    #expect(ExperimentAnalysis(test, fair).ratioMismatchP > 0.001)
    let unfair = (0..<5000).map { _ in
      ExperimentAnalysis.Result(variant: random.unit() < 0.45 ? "v0" : "v1", value: 1, isSuccess: true)
    }
    let analysis = ExperimentAnalysis(test, unfair)
    #expect(analysis.ratioMismatchP < 0.001 && verdicts(analysis) == ["invalid"], "\(analysis.report.text)")
  }

  @Test func testsAreKept() throws {
    let store = try MetricsStore(path: "\(home.path)/m.db")
    var test = try experiment()
    test.enough = 2
    try store.add(test)
    #expect(throws: (any Error).self) { try store.add(test) }
    test.state = .running
    try store.save(test)
    try store.record(
      "t", [.init(variant: "v0", value: 1, isSuccess: true), .init(variant: "v0", value: nil, isSuccess: false)])
    #expect(try store.experiment("t").state == .running && store.results(of: "t").count == 2)
    try store.record(
      "t", [.init(variant: "v1", value: 2, isSuccess: true), .init(variant: "v1", value: 2, isSuccess: true)])
    #expect(try store.experiment("t").state == .completed)
    #expect(throws: (any Error).self) { try store.experiment("no") }
  }
}
