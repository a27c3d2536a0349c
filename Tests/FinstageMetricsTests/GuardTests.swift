import FinstageCore
import FinstageMetrics
import FinstageSystem
import TestSupport
import Testing

/// Days of checks, of which each brings readings whose mean has a standard error of 4 %.
@Suite struct GuardTests {
  private let bound = OptimisationRule.named("memory_optimization_basic")!.bounds[1]

  @Test func whatIsInjectedIsFound() {
    var random = SeededRandom(seed: 1)
    var found = 0
    for _ in 0..<400 {
      var judge = GuardJudge(bound)
      for check in 0..<2 {
        let readings = (0..<39).map { _ in 1.25 * (1 + 0.25 * random.normal()) }
        // A check whose spread asks for more waits for more.
        var finding = judge.check(readings, baseline: 1)
        while case .notYet = finding.verdict {
          finding = judge.check([1.25 * (1 + 0.25 * random.normal())], baseline: 1)
        }
        if check == 1, finding.verdict == .passed { found += 1 }
      }
    }
    #expect(found >= 380, "\(found) of 400 within two checks")
  }

  @Test func quietDaysStayQuiet() {
    var random = SeededRandom(seed: 2)
    var wrong = 0
    for _ in 0..<200 {
      var judge = GuardJudge(bound)
      for _ in 0..<1440 {
        // As many readings as bring the mean to 4 %: their mean is drawn at once.
        let mean = 1 + 0.04 * random.normal()
        if judge.check([mean * 0.99, mean, mean * 1.01], baseline: 1).verdict == .passed {
          wrong += 1
          break
        }
      }
    }
    #expect(wrong <= 2, "\(wrong) of 200 days")
  }

  @Test func tooFewReadingsAreSaid() {
    var judge = GuardJudge(bound)
    #expect(judge.check([], baseline: 1).verdict == .noVerdict)
    let wide = judge.check([0.75, 1.25, 0.8, 1.3, 0.9, 1.1, 0.7, 1.2, 1, 1, 0.95, 1.05], baseline: 1)
    guard case .notYet(let have, let need) = wide.verdict else { return #expect(Bool(false), "\(wide)") }
    #expect(have == 12 && (20...30).contains(need), "\(need)")
    var steady = GuardJudge(bound)
    #expect(steady.check([2, 2, 2], baseline: 1).verdict == .warned)
    #expect(
      steady.check([1, 1, 1], baseline: 1).verdict == .ok && steady.check([2, 2, 2], baseline: 1).verdict == .warned)
    #expect(steady.check([2, 2, 2], baseline: 1).verdict == .passed)
    var without = GuardJudge(bound)
    #expect(
      without.check([2, 2, 2], baseline: nil).verdict == .noVerdict
        && without.check([2, 2, 2], baseline: 0).verdict == .noVerdict)
  }

  @Test(arguments: [
    ("increase", 15.0, 116.0, 114.0), ("minimum", 70, 69, 71), ("maximum", 100, 101, 99), ("improvement", 20, 81, 79),
    ("reduction", 30, 71, 69),
  ])
  func eachKindOfBound(kind: String, limit: Double, bad: Double, good: Double) {
    let bound = OptimisationRule.Bound(metric: "m", kind: .init(rawValue: kind)!, limit: limit)
    var judge = GuardJudge(bound)
    #expect(judge.check([good, good, good], baseline: 100).verdict == .ok)
    #expect(judge.check([bad, bad, bad], baseline: 100).verdict == .warned)
    #expect(judge.check([bad, bad, bad], baseline: 100).verdict == .passed)
  }

  /// A day swings by 10 %, and the rule is tested in spells of a minute.
  @Test func switchingIsRightWhateverTheDayBrings() {
    var random = SeededRandom(seed: 3)
    func day(_ factor: Double, spells: Int) -> Int? {
      var test = Switchback()
      let phase = random.unit()
      for pair in 0..<(spells / 2) {
        let first = random.unit() < 0.5
        for (i, isOn) in [first, !first].enumerated() {
          let minute = Double(2 * pair + i)
          let level = 1 + 0.1 * sin((minute / 1440 + phase) * 2 * .pi)
          let mean = level * (isOn ? factor : 1) * (1 + 0.04 * random.normal())
          if test.take(mean, isOn: isOn) { return 2 * pair + 2 }
        }
      }
      return nil
    }
    let wrong = (0..<200).count { _ in day(1, spells: 1440) != nil }
    #expect(wrong <= 2, "\(wrong) of 200 days")
    let found = (0..<100).compactMap { _ in day(1.25, spells: 240) }
    #expect(found.count == 100 && found.max()! <= 90, "\(found.count) found, at most after \(found.max() ?? 0) minutes")
  }

  @Test func dependantsGoFirst() {
    let ids = OptimisationRule.dependants(of: "memory_optimization_basic").map(\.id)
    #expect(
      Set(ids) == Set(OptimisationRule.all.map(\.id).filter { $0 != "memory_optimization_basic" }) && ids.count == 5)
    for (place, id) in ids.enumerated() {
      for dependant in OptimisationRule.dependants(of: id) { #expect(ids.firstIndex(of: dependant.id)! < place) }
    }
    let keys = Set(SettingsFile.known.map(\.key))
    for rule in OptimisationRule.all {
      #expect(
        rule.dependencies.allSatisfy { OptimisationRule.named($0) != nil } && keys.isSuperset(of: rule.settings.keys))
      #expect(Set(rule.settings.keys) == Set(rule.settingsOff.keys))
    }
  }
}
