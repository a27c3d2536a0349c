import FinstageCore
import FinstageSystem

/// A test of two or more variants of something that others run.
package struct Experiment: Sendable {
  package enum State: String, Sendable { case draft, running, paused, stopped, completed }

  package struct Variant: Sendable {
    package var name: String
    /// Of 10,000 buckets.
    package var buckets: Int

    package init(name: String, buckets: Int) {
      self.name = name
      self.buckets = buckets
    }
  }

  package static let allBuckets = 10_000

  /// Stays, whatever the test is called: the hash depends on it.
  package var id: String
  package var salt: String
  package var state = State.draft
  /// The first is the control.
  package var variants: [Variant]
  package var created: Int64
  package var started: Int64 = 0
  package var ended: Int64 = 0
  /// When it completes by itself, in nanoseconds since 1970; 0 for never.
  package var until: Int64 = 0
  /// How many results of each variant complete it; 0 for any number.
  package var enough = 0

  /// - Throws: what is wrong with the variants.
  package init(id: String, salt: String, variants: [(name: String, percent: Double)], created: Int64) throws {
    self.id = id
    self.salt = salt
    self.created = created
    guard variants.count >= 2, variants.count <= 20 else { throw ToolFailure(.usage, "a test has 2 to 20 variants") }
    guard Set(variants.map(\.name)).count == variants.count,
      variants.allSatisfy({ !$0.name.isEmpty && $0.name.utf8.count <= 64 })
    else { throw ToolFailure(.usage, "each variant needs a name of its own") }
    let total = variants.reduce(0) { $0 + $1.percent }
    guard variants.allSatisfy({ $0.percent > 0 }), abs(total - 100) <= 0.01 else {
      throw ToolFailure(
        .usage,
        "the shares of the variants must be above 0 and 100 % together; they are \(JSONValue.rounded(total, 4).text) %")
    }
    self.variants = variants.map { Variant(name: $0.name, buckets: Int(($0.percent * 100).rounded())) }
    // What rounding has left over.
    self.variants[0].buckets += Experiment.allBuckets - self.variants.reduce(0) { $0 + $1.buckets }
  }

  /// As it was kept.
  init(id: String, salt: String, state: State, variants: [Variant], created: Int64) {
    self.id = id
    self.salt = salt
    self.state = state
    self.variants = variants
    self.created = created
  }

  package var control: Variant { variants[0] }

  /// The variant of a unit (a user, a symbol, a session): the same whenever it is asked for.
  package func variant(of unit: String) -> Variant {
    let digest = SHA256.digest(Array("\(id)\u{0}\(salt)\u{0}\(unit)".utf8))
    let bucket = Int(digest.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) } % UInt64(Experiment.allBuckets))
    var end = 0
    for variant in variants {
      end += variant.buckets
      if bucket < end { return variant }
    }
    return variants[variants.count - 1]
  }
}

/// What the results of a test say. All of it holds whenever it is looked at, but for what is called otherwise.
package struct ExperimentAnalysis: Sendable {
  package struct Result: Sendable {
    package var variant: String
    /// Nil for a failure without a time.
    package var value: Double?
    package var isSuccess: Bool

    package init(variant: String, value: Double?, isSuccess: Bool) {
      self.variant = variant
      self.value = value
      self.isSuccess = isSuccess
    }
  }

  package let experiment: Experiment
  package let results: [Result]
  private let alpha: Double

  /// - Parameter results: in the order in which they came.
  package init(_ experiment: Experiment, _ results: [Result], alpha: Double = 0.05) {
    self.experiment = experiment
    self.results = results
    self.alpha = alpha
  }

  /// Whether the counts are those of the shares: a mixture of all shares against the planned ones (Lindon and Malek 2022), at
  /// all times.
  package var ratioMismatchP: Double {
    let shares = experiment.variants.map { Double($0.buckets) / Double(Experiment.allBuckets) }
    let weight = 100.0
    var counts = shares.map { _ in 0.0 }
    var (log, largest) = (0.0, 0.0)
    var total = 0.0
    let places = Dictionary(experiment.variants.enumerated().map { ($0.element.name, $0.offset) }) { $1 }
    for result in results {
      guard let place = places[result.variant] else { continue }
      // The chance of this variant by what came before, over the planned one.
      log +=
        FinstageSystem.log((weight * shares[place] + counts[place]) / (weight + total))
        - FinstageSystem.log(shares[place])
      counts[place] += 1
      total += 1
      largest = max(largest, log)
    }
    return min(1, exp(-largest))
  }

  /// The pairs of a variant and the control, in the order of their results.
  private func comparison(_ variant: Experiment.Variant) -> (PairedTest, failureP: Double) {
    let comparisons = Double(experiment.variants.count - 1)
    var test = PairedTest(alpha: alpha / comparisons)
    var waiting: (control: [Double], variant: [Double]) = ([], [])
    var (first, second) = (0, 0)
    // Of the failures of both, the variant has its share, if the two fail alike.
    let share = Double(variant.buckets) / Double(variant.buckets + experiment.control.buckets)
    var failures = (control: 0.0, variant: 0.0)
    var largest = 0.0
    for result in results where result.variant == variant.name || result.variant == experiment.control.name {
      let isControl = result.variant == experiment.control.name
      if !result.isSuccess {
        if isControl { failures.control += 1 } else { failures.variant += 1 }
        let n = failures.control + failures.variant
        let evidence =
          lgamma(failures.control + 1) + lgamma(failures.variant + 1) - lgamma(n + 2)
          - failures.variant * FinstageSystem.log(share) - failures.control * FinstageSystem.log(1 - share)
        largest = max(largest, evidence)
        continue
      }
      guard let value = result.value, value > 0 else { continue }
      if isControl { waiting.control.append(value) } else { waiting.variant.append(value) }
      while first < waiting.control.count, second < waiting.variant.count {
        test.take(a: waiting.control[first], b: waiting.variant[second])
        first += 1
        second += 1
      }
    }
    return (test, min(1, exp(-largest)))
  }

  package var report: JSONValue {
    let comparisons = Double(experiment.variants.count - 1)
    let byVariant = Dictionary(grouping: results) { $0.variant }
    func sample(_ name: String) -> Sample { Sample((byVariant[name] ?? []).filter(\.isSuccess).compactMap(\.value)) }
    func number(_ value: Double?) -> JSONValue { value.map { .rounded($0, 6) } ?? .null }
    var variants: [JSONValue] = []
    let control = sample(experiment.control.name)
    let controlResults = byVariant[experiment.control.name] ?? []
    let mismatch = ratioMismatchP
    var best: (name: String, ratio: Double)?
    for (i, variant) in experiment.variants.enumerated() {
      let all = byVariant[variant.name] ?? []
      let own = sample(variant.name)
      let failed = all.count { !$0.isSuccess }
      var members: [(key: String, value: JSONValue?)] = [
        ("variant", .string(variant.name)), ("control", i == 0 ? true : nil),
        ("share_percent", .rounded(Double(variant.buckets) / 100, 2)), ("results", JSONValue(all.count)),
        ("failures", JSONValue(failed)),
        ("success_rate", all.isEmpty ? .null : .rounded(1 - Double(failed) / Double(all.count), 6)),
        ("mean", number(own.count > 0 ? own.mean : nil)), ("median", number(own.median)),
        ("p95", number(own.quantile(0.95))),
      ]
      if i > 0 {
        let (test, failureP) = comparison(variant)
        let p = min(1, test.p * comparisons)
        let failure = min(1, failureP * comparisons)
        let failedControl = controlResults.count { !$0.isSuccess }
        let failsMore =
          failure <= alpha
          && Double(failed) * Double(max(1, controlResults.count)) > Double(failedControl) * Double(max(1, all.count))
        let ratio = test.ratio
        // Shares that are not as planned say that something is wrong with the test itself.
        let verdict =
          mismatch <= 0.001
          ? "invalid" : failsMore ? "fails" : p <= alpha ? ((ratio ?? 1) < 1 ? "better" : "worse") : "undecided"
        if verdict == "better", let ratio, ratio < best?.ratio ?? 1 { best = (variant.name, ratio) }
        members += [
          ("verdict", .string(verdict)), ("pairs", JSONValue(test.pairs)), ("ratio", number(ratio)),
          ("interval", test.interval.map { [.rounded($0.low, 6), .rounded($0.high, 6)] } ?? .null),
          ("p_always_valid", .number(p)), ("failure_p_always_valid", .number(failure)),
        ]
        var once: [(key: String, value: JSONValue?)] = []
        if let welch = FixedTests.welch(control, own) { once.append(("welch_p", .number(welch.p))) }
        if let rank = FixedTests.mannWhitney(control, own) { once.append(("mann_whitney_p", .number(rank.p))) }
        if let share = FixedTests.proportions(failedControl, of: controlResults.count, failed, of: all.count) {
          once.append(("failures_p", .number(share.p)))
        }
        members.append(("looked_at_once", JSONValue(members: once)))
      }
      variants.append(JSONValue(members: members))
    }
    return [
      "type": "ab_analysis", "test": .string(experiment.id), "state": .string(experiment.state.rawValue),
      "results": JSONValue(results.count), "ratio_mismatch_p": .number(mismatch),
      "best": best.map { .string($0.name) } ?? .null,
      "variants": .array(variants),
    ]
  }
}
