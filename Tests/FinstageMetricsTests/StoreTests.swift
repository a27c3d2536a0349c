import FinstageCore
import FinstageMetrics
import FinstageSystem
import TestSupport
import Testing

@Suite struct MetricsStoreTests {
  private let home = TemporaryFolder()
  private let now: Int64 = 1_800_000_000_000_000_000

  private func parsed(_ line: String, _ parser: inout MetricParser) throws -> MetricParser.Point? {
    let bytes = Array(line.utf8) + [0x0A]
    return try bytes.withUnsafeBufferPointer { try parser.point($0.baseAddress!, $0.baseAddress! + bytes.count - 1) }
  }

  @Test func linesOfMetrics() throws {
    var parser = MetricParser()
    let first = try parsed(
      #"{"type":"metric","name":"a\u0062","ts":"2024-03-01T00:00:00.5Z","value":-1.5e3,"unit":"s","labels":{"x":"1","b":2}}"#,
      &parser)
    #expect(first?.series == 0 && first?.value == -1500 && first?.time == 1_709_251_200_500_000_000)
    #expect(parser.series[0] == MetricSeries(name: "ab", unit: "s", labels: ["x": "1", "b": "2"]))
    // The same series, however it is written.
    let again = try parsed(
      #" {"labels":{"b":2,"x":"1"},"value":null,"name":"ab","ts":1709251200,"unit":"s","more":[{}],"type":"metric"} "#,
      &parser)
    #expect(again?.series == 0 && again?.value.isNaN == true && again?.time == 1_709_251_200_000_000_000)
    #expect(try parsed(#"{"type":"metric","name":"ab","ts":1,"value":1}"#, &parser)?.series == 1)
    #expect(try parsed(#"{"type":"bar","symbol":"A"}"#, &parser) == nil && parsed("", &parser) == nil)
    for (line, message) in [
      ("x", "an object is expected"), (#"{"type":"metric","ts":1,"value":1}"#, "\"name\" is missing"),
      (#"{"type":"metric","name":"a","value":1}"#, "\"ts\" is missing"),
      (#"{"type":"metric","name":"a","ts":1}"#, "\"value\" is missing"),
      (#"{"type":"metric","name":"a","ts":"soon","value":1}"#, "not a time"),
      (#"{"type":"metric","name":"a","ts":1,"value":1e999}"#, "too large"),
      (#"{"type":"metric","name":"","ts":1,"value":1}"#, "1 to 256 bytes"),
      (#"{"type":"metric","name":"a","ts":1,"value":"1"}"#, "a value is expected"),
      (#"{"type":"metric","name":"a","ts":1,"value":1}x"#, "nothing may follow"),
      (#"{"type":"metric","name":"a","ts":1,"#, "string"),
    ] {
      #expect { _ = try parsed(line, &parser) } throws: {
        ($0 as? JSONValue.Failure)?.message.contains(message) == true
      }
    }
  }

  /// Readings of a day, minutes of a month, hours of a year: nothing is counted twice or lost on the way.
  @Test func readingsAge() throws {
    let store = try MetricsStore(path: "\(home.path)/m.db")
    let start = now - 400 * MetricsStore.day
    var readings = MetricsStore.Readings()
    for i in 0..<(400 * 24 * 4) {
      readings.add(start + Int64(i) * 15 * MetricsStore.minute, i % 100 == 99 ? .nan : Double(i % 100))
    }
    let series = MetricSeries(name: "x")
    try store.add([series: readings])
    for _ in 0..<2 { try store.age(now) }
    let id = try #require(try store.series().first?.id)
    let (raw, minutes, hours) = (
      try store.readings(id, in: .min..<(.max)), try store.rollUps(id, step: MetricsStore.minute, in: .min..<(.max)),
      try store.rollUps(id, step: MetricsStore.hour, in: .min..<(.max))
    )
    #expect((96...100).contains(raw.times.count), "\(raw.times.count)")
    #expect((29 * 96...31 * 96 + 8).contains(minutes.count), "\(minutes.count)")
    #expect(raw.times.first! > minutes.last!.start && minutes.first!.start > hours.last!.start)
    let all = hours.map(\.rollUp) + minutes.map(\.rollUp)
    let counted = all.reduce(0) { $0 + $1.count + $1.gaps } + Int64(raw.times.count)
    #expect(abs(counted - 366 * 96) <= 8, "what is older than a year is gone: \(counted)")
    #expect(all.allSatisfy { $0.count == 0 || $0.minimum <= $0.maximum && $0.sketch.count == $0.count })
    // A reading that comes late joins what there is.
    let minute = try #require(minutes.first)
    try store.add([MetricPoint(name: "x", time: minute.start + 1, value: 1000)])
    try store.age(now)
    let joined = try #require(
      try store.rollUps(id, step: MetricsStore.minute, in: minute.start..<minute.start + 1).first)
    #expect(joined.rollUp.count == minute.rollUp.count + 1 && joined.rollUp.maximum == 1000)
    let summary = try SeriesSummary.of(series, id, in: now - 20 * MetricsStore.day..<now, store)
    #expect(!summary.isExact && abs((summary.quantiles[0] ?? 0) - 49) < 2)
  }

  @Test func manyMayWrite() throws {
    let path = "\(home.path)/m.db"
    let one = try MetricsStore(path: path)
    let two = try MetricsStore(path: path)
    for i in 0..<50 {
      try one.add([MetricPoint(name: "a", labels: ["w": "1"], time: now + Int64(i), value: 1)])
      try two.add([MetricPoint(name: "a", labels: ["w": "1"], time: now + Int64(i), value: .nan)])
    }
    let series = try one.series(.init(name: "a*", labels: ["w": "1"]))
    #expect(series.count == 1)
    let readings = try one.readings(series[0].id, in: now..<now + 100)
    #expect(readings.times.count == 100 && readings.values.count(where: \.isNaN) == 50)
    #expect(try one.series(.init(name: "b*")).isEmpty && one.series(.init(labels: ["w": "2"])).isEmpty)
  }

  @Test func baselinesAndVerdicts() throws {
    let store = try MetricsStore(path: "\(home.path)/m.db")
    var random = SeededRandom(seed: 1)
    var readings = MetricsStore.Readings()
    for i in 0..<200 { readings.add(now + Int64(i), 100 + 5 * random.normal()) }
    try store.add([MetricSeries(name: "run_seconds", unit: "s"): readings])
    #expect(try store.saveBaseline("n", .init(), in: now..<now + 1000, machine: MachineFacts.json) == 1)
    #expect(try store.saveBaseline("empty", .init(name: "no"), in: now..<now + 1000, machine: .null) == 0)
    #expect(try store.baselines().map(\.name) == ["n"] && store.baselines()[0].readings == 200)
    let before = try #require(try store.baseline("n").first?.values)
    let series = MetricSeries(name: "run_seconds")
    func verdict(_ factor: Double, _ count: Int, _ spread: Double = 5) -> BaselineComparison.Verdict {
      let values = (0..<count).map { _ in factor * 100 + spread * random.normal() }
      return BaselineComparison(series, before: before, now: values, limit: 0.1).verdict
    }
    #expect(verdict(1, 100) == .ok && verdict(1.3, 100) == .worse && verdict(0.5, 100) == .ok)
    #expect(verdict(1.1, 6, 20) == .undecided && verdict(1, 3) == BaselineComparison.Verdict.none)
    let hits = MetricSeries(name: "cache_hit_rate")
    #expect(BaselineComparison(hits, before: before, now: before.map { $0 / 2 }, limit: 0.1).verdict == .worse)
    #expect(BaselineComparison(hits, before: before, now: before.map { $0 * 2 }, limit: 0.1).verdict == .ok)
    #expect(
      BaselineComparison(hits, before: [0, 0, 0, 0, 0, 0], now: before, limit: 0.1).verdict == .none,
      "a baseline of zero")
    #expect(try store.deleteBaseline("n") && !store.deleteBaseline("n"))
  }

  @Test func healthIsOfWhatIsKnown() {
    var readings = Health.Readings()
    #expect(Health(readings).status == nil && Health(readings).score == nil && Health(readings).advice.isEmpty)
    readings.memoryPercent = 35
    readings.cpuPercent = 20
    #expect(Health(readings).status == .excellent && Health(readings).score == 100)
    readings.responseMilliseconds = 600
    #expect(Health(readings).status == .fair)
    readings.cacheHitPercent = 75
    #expect(Health(readings).status == .poor, "below the 80 % of the default")
    readings.errorPercent = 21
    #expect(Health(readings).status == .critical && Health(readings).advice.contains { $0.category == "errors" })
    readings.responseMilliseconds = 1000
    let part = Health(readings).parts.first { $0.name == "response_ms" }
    #expect(abs((part?.points ?? 0) - 50) < 0.01, "1000 ms is half way from 200 to 5000 by logarithms")
  }

  /// What containers really have.
  @Test(
    arguments: [
      (
        "0::/a/b\n",
        [
          "cgroup.controllers": "memory\n", "memory.max": "max\n", "a/memory.max": "1000000\n",
          "a/b/memory.max": "2000000\n", "a/b/memory.current": "500000\n",
          "a/b/memory.stat": "anon 1\ninactive_file 100000\n", "a/b/cpu.max": "50000 100000\n",
        ], 1_000_000.0, 400_000.0, 0.5
      ),
      ("0::/\n", ["cgroup.controllers": "", "memory.max": "max\n", "cpu.max": "max 100000\n"], nil, nil, nil),
      (
        "4:cpu:/x\n5:memory:/x\n",
        ["memory/x/memory.limit_in_bytes": "9223372036854771712\n", "memory/x/memory.usage_in_bytes": "7\n"], nil, 7.0,
        nil
      ),
      (
        "5:memory:/x\n", ["memory/memory.limit_in_bytes": "3000000\n", "memory/memory.usage_in_bytes": "1000\n"],
        3_000_000.0, 1000.0, nil
      ),
      ("", [:], nil, nil, nil),
    ] as [(String, [String: String], Double?, Double?, Double?)])
  func controlGroups(group: String, files: [String: String], limit: Double?, used: Double?, cpus: Double?) throws {
    let root = "\(home.path)/root"
    func put(_ path: String, _ text: String) {
      _ = Folder.make(Folder.parent(of: path))
      _ = FileContent.replace(path, with: Array(text.utf8))
    }
    put("\(root)/proc/self/cgroup", group)
    for (path, text) in files { put("\(root)/sys/fs/cgroup/\(path)", text) }
    let found = CGroup(root: root)
    #expect(found.memoryLimit == limit && found.memoryUsed == used && found.cpuLimit == cpus, "\(found)")
  }

  @Test func noReadingIsNoValue() {
    var machine = MachineReader(root: "\(home.path)/nothing")
    _ = machine.read(at: 0)
    #expect(machine.read(at: 1).allSatisfy { $0.value.isNaN })
    #expect(ProcessReader(Int(Int32.max)) == nil)
    var own = ProcessReader(Int(getpid()))
    _ = own?.read(at: 0)
    let points = own?.read(at: 1) ?? []
    #expect(points.first { $0.series.name == "process_memory_bytes" }?.value ?? 0 > 1e6)
  }

  @Test(
    arguments: [
      ("a | b|c", ["a", "b", "c"]), ("a '|' \"|\" \\| | b", ["a '|' \"|\" \\|", "b"]),
      ("(a; b | c) | d", ["(a; b | c)", "d"]),
      ("for i in 1 2; do echo $i | cat; done | wc", ["for i in 1 2; do echo $i | cat; done", "wc"]),
      ("case a in a|b) echo yes;; esac | cat", ["case a in a|b) echo yes;; esac", "cat"]),
      ("echo done | x", ["echo done", "x"]),
      ("if true; then a; fi | b # | c", ["if true; then a; fi", "b"]), ("while x; do", nil), ("cat <<E | b", nil),
      ("a 2>&1 >| f | b;", ["a 2>&1 >| f", "b"]), ("a || b", nil), ("a && b", nil), ("a; b", nil), ("a |", nil),
      ("", nil),
      ("a 'b", nil), ("$(x | y) | z", ["$(x | y)", "z"]), ("a & b", nil), ("a |& b", nil),
    ] as [(String, [String]?)])
  func pipelines(text: String, stages: [String]?) { #expect(PipelineText.stages(text) == stages) }
}
