import FinstageCore
import FinstageStore
import FinstageSystem

/// Tests and their results.
extension MetricsStore {
  package func experiments() throws -> [Experiment] {
    let statement = try database.prepare(
      "SELECT id, salt, state, variants, created, started, ended, until, enough FROM experiment ORDER BY created, id")
    defer { statement.reset() }
    var found: [Experiment] = []
    while try statement.step() {
      let variants = statement.text(3).flatMap { try? JSONValue.parse(Array($0.utf8)) }?.array ?? []
      var experiment = Experiment(
        id: statement.text(0) ?? "", salt: statement.text(1) ?? "",
        state: Experiment.State(rawValue: statement.text(2) ?? "") ?? .stopped,
        variants: variants.map { .init(name: $0["name"]?.string ?? "", buckets: Int($0["buckets"]?.integer ?? 0)) },
        created: statement.integer(4))
      guard experiment.variants.count >= 2 else { continue }
      experiment.started = statement.integer(5)
      experiment.ended = statement.integer(6)
      experiment.until = statement.integer(7)
      experiment.enough = Int(statement.integer(8))
      found.append(experiment)
    }
    return found
  }

  /// A test as it is now: one whose time has come is completed.
  package func experiment(_ id: String) throws -> Experiment {
    guard var found = try experiments().first(where: { $0.id == id }) else {
      throw ToolFailure(.noInput, "no test is called \"\(id)\" (fs-metrics ab list shows all)")
    }
    if found.state == .running, try isComplete(found) {
      found.state = .completed
      found.ended = SystemClock.wallNanoseconds
      try save(found)
    }
    return found
  }

  private func isComplete(_ experiment: Experiment) throws -> Bool {
    if experiment.until > 0, SystemClock.wallNanoseconds >= experiment.until { return true }
    guard experiment.enough > 0 else { return false }
    let statement = try database.prepare("SELECT count(*) FROM experiment_result WHERE test = ? AND variant = ?")
    defer { statement.reset() }
    return try experiment.variants.allSatisfy { variant in
      statement.reset()
      _ = try statement.bind(1, experiment.id).bind(2, variant.name).step()
      return statement.integer(0) >= Int64(experiment.enough)
    }
  }

  package func add(_ experiment: Experiment) throws {
    guard try !experiments().contains(where: { $0.id == experiment.id }) else {
      throw ToolFailure(.usage, "there is a test \"\(experiment.id)\" already")
    }
    try save(experiment)
  }

  package func save(_ experiment: Experiment) throws {
    let variants = JSONValue.array(
      experiment.variants.map { ["name": .string($0.name), "buckets": JSONValue($0.buckets)] })
    try database.write {
      try database.prepare(
        "INSERT OR REPLACE INTO experiment (id, salt, state, variants, created, started, ended, until, enough) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
      ).bind(1, experiment.id).bind(2, experiment.salt).bind(3, experiment.state.rawValue).bind(4, variants.text)
        .bind(5, experiment.created).bind(6, experiment.started).bind(7, experiment.ended).bind(8, experiment.until)
        .bind(9, Int64(experiment.enough)).run()
    }
  }

  /// The most results of one test; the oldest go.
  private static let mostResults: Int64 = 1_000_000

  package func record(_ id: String, _ results: [ExperimentAnalysis.Result]) throws {
    try database.write {
      let insert = try database.prepare(
        "INSERT INTO experiment_result (test, variant, value, success, ts) VALUES (?, ?, ?, ?, ?)")
      for result in results {
        try insert.bind(1, id).bind(2, result.variant).bind(3, result.value).bind(4, Int64(result.isSuccess ? 1 : 0))
          .bind(5, SystemClock.wallNanoseconds).run()
      }
      try database.prepare(
        "DELETE FROM experiment_result WHERE test = ? AND id <= (SELECT max(id) FROM experiment_result WHERE test = ?) - ?"
      ).bind(1, id).bind(2, id).bind(3, MetricsStore.mostResults).run()
    }
  }

  /// In the order in which they came.
  package func results(of id: String) throws -> [ExperimentAnalysis.Result] {
    let statement = try database.prepare(
      "SELECT variant, value, success FROM experiment_result WHERE test = ? ORDER BY id"
    ).bind(1, id)
    defer { statement.reset() }
    var found: [ExperimentAnalysis.Result] = []
    while try statement.step() {
      found.append(
        .init(
          variant: statement.text(0) ?? "", value: statement.isNull(1) ? nil : statement.double(1),
          isSuccess: statement.integer(2) != 0))
    }
    return found
  }
}
