import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageMetrics
import FinstageSystem

/// `fs-metrics score`: one figure, and how it comes about.
struct Score: Tool {
  static let configuration = CommandConfiguration(
    commandName: "score",
    abstract: "Say how the system does, as a status and a score.",
    discussion: """
      The score is the mean of up to five parts of 0 to 100 points each: memory_percent (40 and less is 100, 95 is 0), cpu_percent (30, 90), the time of a run (200 ms, 5000 ms, by logarithms), \
      failures (0 %, 20 %) and hits of the cache (90 %, 30 %). What has no readings is left out. A is 90 and more, B 80, C 70, D 60.

      The status is critical above memory 95, cpu 90, 5000 ms or 20 % failures; poor above memory 80, cpu 70, 1000 ms, 5 % failures or below 80 % hits; fair above 60, 50, 500 ms or below 70 % hits; excellent if nothing is above 40, 30, 200 ms or below 90 %.
      """)
  @OptionGroup var time: SpanOptions
  @OptionGroup var store: MetricsStoreOption

  mutating func execute() throws -> ExitStatus {
    let health = Health(try Health.Readings(try store.existing(), in: time.span))
    guard let score = health.score, let status = health.status else {
      throw ToolFailure(.noInput, "there are no readings to judge by in this time (fs-metrics collect brings some)")
    }
    try write(
      JSONValue.object([
        ("type", "score"), ("score", .rounded(score, 1)), ("grade", .string(Health.grade(score))),
        ("status", .string(status.rawValue)),
        (
          "parts",
          .object(
            health.parts.map {
              ($0.name, ["value": .rounded($0.value, 2), "points": .rounded($0.points, 1)] as JSONValue)
            })
        ),
      ]).text)
    return .done
  }
}

/// `fs-metrics recommend`: what could be done.
struct Recommend: Tool {
  static let configuration = CommandConfiguration(
    commandName: "recommend", abstract: "Say what could be done, with the reason, as records.")
  @OptionGroup var time: SpanOptions
  @OptionGroup var store: MetricsStoreOption
  @OptionGroup var output: RecordOutputOptions

  mutating func execute() throws -> ExitStatus {
    let advice = Health(try Health.Readings(try store.existing(), in: time.span)).advice
    if output.isForPeople {
      if advice.isEmpty { try write("no recommendations") }
      for item in advice {
        try write(["\(item.priority): \(item.title): \(item.reason)"] + item.actions.map { "  - \($0)" })
      }
      return .done
    }
    try output.write(advice.map { $0.json })
    return .done
  }
}

/// `fs-metrics watch`: the report, again and again.
struct Watch: Tool {
  static let configuration = CommandConfiguration(
    commandName: "watch", abstract: "Show the report and the status again and again, in a terminal.")
  @OptionGroup var window: WindowOptions
  @Option(help: ArgumentHelp("How often, 1s to 1h.", valueName: "span")) var every = TimeSpan.seconds(2)
  @Option(help: ArgumentHelp("End after so many times.", valueName: "count")) var count: Int?
  @OptionGroup var store: MetricsStoreOption

  mutating func validate() throws {
    guard (1...3600).contains(every.seconds) else { throw ValidationError("--every must be 1s to 1h") }
    guard count ?? 1 > 0 else { throw ValidationError("--count must be at least 1") }
  }

  mutating func execute() throws -> ExitStatus {
    let store = try self.store.open()
    var shown = 0
    while !Interruption.isRequested {
      let health = Health(try Health.Readings(store, in: window.span))
      var lines = [
        "\(Timestamp.string(SystemClock.wallSeconds * 1_000_000_000))  \(health.status?.rawValue ?? "no readings")"
      ]
      if let score = health.score { lines[0] += "  \(JSONValue.rounded(score, 0).text) of 100" }
      lines += [""] + Report.table(try Report.summaries(store, window))
      let home = Terminal.isTerminal(1) ? "\u{1B}[H\u{1B}[2J" : ""
      try write([home + lines.joined(separator: "\n")])
      shown += 1
      if let count, shown >= count { break }
      Interruption.wait(until: SystemClock.monotonic + every.seconds)
    }
    return .done
  }
}

/// `fs-metrics export`: readings for other programs.
struct Export: Tool {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write readings as records, as a table in a file, or the last ones for Prometheus.",
    discussion: """
      Readings are there for a day; before that, the mean of each minute or hour stands for its readings.

      EXAMPLES:
        fs-metrics export --last 7d -o metrics.parquet
        fs-metrics export --prometheus > /var/lib/node_exporter/finstage.prom
      """)
  @OptionGroup var window: WindowOptions
  @Flag(help: "Write the last reading of each series as Prometheus takes it (text format 0.0.4).") var prometheus =
    false
  @OptionGroup var store: MetricsStoreOption
  @OptionGroup var output: OutputOption

  mutating func execute() throws -> ExitStatus {
    let store = try self.store.existing()
    let span = window.span
    if prometheus {
      let sink = try ByteSink(path: output.output)
      for line in try Exposition.lines(store, window.selection, in: span) { try sink.write(line + "\n") }
      try sink.finish()
      return .done
    }
    let printer = try RecordPrinter(
      try ByteSink(path: output.output), try FormatName.chosen(nil, output: output.output), schema: MetricRecord.schema)
    let chosen = try store.series(window.selection)
    if chosen.isEmpty, let metric = window.metric {
      throw ToolFailure(.noInput, "there is no metric \"\(metric)\" (fs-metrics report shows all)")
    }
    for (id, series) in chosen {
      let readings = try store.timeline(id, in: span)
      for i in readings.times.indices {
        var point = MetricPoint(name: series.name, time: readings.times[i], value: readings.values[i])
        point.series = series
        try printer.print(MetricRecord.json(point))
      }
    }
    try printer.finish()
    return .done
  }
}
