/// A parser that takes whatever comes. A target must return, for any bytes, within the bounds of time and memory that it is run with; what
/// it makes of them does not matter.
struct FuzzTarget: Sendable {
  let name: String
  /// Where inputs to begin with are, below the folder of the package.
  let seeds: [String]
  let run: @Sendable ([UInt8]) -> Void

  /// Every parser of bytes of others. A new one is a function and a line here.
  static let all: [FuzzTarget] = [
    FuzzTarget(name: "ndjson", seeds: ["samples/bars", "Tests/Fixtures/frames"], run: fuzzNDJSON),
    FuzzTarget(name: "csv", seeds: ["Tests/Fixtures/bad", "Tests/Fixtures/frames"], run: fuzzCSV),
    FuzzTarget(name: "arrow", seeds: ["Tests/Fixtures/frames", "Tests/Fixtures/hostile"], run: fuzzArrow),
    FuzzTarget(name: "parquet", seeds: ["Tests/Fixtures/frames", "Tests/Fixtures/hostile"], run: fuzzParquet),
    FuzzTarget(name: "gzip", seeds: ["samples/bars"], run: fuzzGzip),
    FuzzTarget(name: "state", seeds: [], run: fuzzState),
    FuzzTarget(name: "expression", seeds: [], run: fuzzExpression),
    FuzzTarget(name: "rules", seeds: ["samples", "Sources/fs-alert/Ready"], run: fuzzRules),
    FuzzTarget(name: "jobs", seeds: ["samples"], run: fuzzJobs),
    FuzzTarget(name: "task", seeds: [], run: fuzzTask),
    FuzzTarget(name: "xml", seeds: [], run: fuzzXML),
    FuzzTarget(name: "answer", seeds: ["Tests/Fixtures/yahoo"], run: fuzzAnswer),
    FuzzTarget(name: "websocket", seeds: [], run: fuzzWebSocket),
    FuzzTarget(name: "http", seeds: [], run: fuzzHTTP),
    FuzzTarget(name: "redis", seeds: [], run: fuzzRedis),
    FuzzTarget(name: "metrics", seeds: [], run: fuzzMetrics),
    FuzzTarget(name: "store", seeds: ["Tests/Fixtures/hostile"], run: fuzzStore),
  ]
}
