import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageMetrics
import FinstageSystem

/// `fs-metrics run`: what each stage of a pipeline costs.
struct RunPipeline: Tool {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract:
      "Run a pipeline and say what each of its stages costs: time, CPU, memory, bytes, and waiting for each other.",
    discussion: """
      The pipeline is one argument, split at its top-level bars; each stage is started by fs-metrics with sh -c. Standard input, output and error of the pipeline are those of \
      fs-metrics, and the report goes to standard error, or with -o into a file.

      own is the time that a stage takes for itself: its time without waiting for the stages before and after it; the stage with the most of it is the bottleneck. Memory is the peak of the \
      stage's own process and of the children it has waited for; a stage that needs less than fs-metrics itself is sampled every 10 ms instead. Bytes are what the stage has read and written, wherever from and to.

      The exit status is that of the last stage, or with --pipefail that of the last one that failed; all are shown.

      EXAMPLES:
        fs-metrics run 'fs-fetch AAPL | fs-indicators --sma 20' > bars.ndjson
        fs-metrics run -o costs.json 'zcat bars.gz | fs-indicators --all | gzip > out.gz'
      """)

  @Argument(help: ArgumentHelp("The pipeline, as the shell reads it.", valueName: "pipeline")) var pipeline: String
  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp("Write the figures into this file, as JSON, and no table.", valueName: "file"),
    completion: .file())
  var output: String?
  @Option(
    help: ArgumentHelp("Keep the figures under this name, for report, compare and trend.", valueName: "name"))
  var name: String?
  @Flag(help: "End with the status of the last stage that failed.") var pipefail = false
  @OptionGroup var store: MetricsStoreOption

  mutating func execute() throws -> ExitStatus {
    guard let stages = PipelineText.stages(pipeline) else {
      throw ToolFailure(
        .usage,
        "one pipeline is expected: no list of commands (';', '&&', '||', '&'; brackets make one command of a list), no here-document, no quote or bracket that is left open, no empty stage"
      )
    }
    let measure = try PipelineMeasure.run(stages)
    let bottleneck = measure.bottleneck ?? 0
    let record = JSONValue(members: [
      ("type", "run"), ("command", .string(pipeline)), ("ts", JSONValue(time: SystemClock.wallMilliseconds)),
      ("name", name.map { .string($0) }),
      ("wall_seconds", .rounded(measure.wallSeconds, 6)),
      ("statuses", .array(measure.stages.map { JSONValue($0.status) })),
      ("bottleneck", JSONValue(bottleneck + 1)),
      ("stages", .array(measure.stages.map(StageMeasure.description.json))),
    ])
    if let output {
      let sink = try ByteSink(path: output)
      try sink.write(record.text + "\n")
      try sink.finish()
    } else {
      Diagnostics.write(table(measure, bottleneck).joined(separator: "\n") + "\n")
    }
    if let name { try keep(measure, name) }
    let statuses = measure.stages.map(\.status)
    let status = pipefail ? statuses.last { $0 != 0 } ?? 0 : measure.status
    if status != 0 { throw ExitCode(Int32(status)) }
    return .done
  }

  private func keep(_ measure: PipelineMeasure, _ name: String) throws {
    let store = try self.store.open()
    let now = SystemClock.wallNanoseconds
    var points: [MetricPoint] = []
    func add(_ metric: String, _ value: Double?, _ unit: String, _ labels: [String: String]) {
      if let value { points.append(MetricPoint(name: metric, labels: labels, unit: unit, time: now, value: value)) }
    }
    add("run_seconds", measure.wallSeconds, "s", ["run": name])
    add("run_failed", measure.stages.contains { $0.status != 0 } ? 1 : 0, "1", ["run": name])
    for (i, stage) in measure.stages.enumerated() {
      let labels = ["run": name, "stage": "\(i + 1)"]
      add("stage_own_seconds", stage.ownSeconds, "s", labels)
      add("stage_cpu_seconds", stage.cpuSeconds, "s", labels)
      add("stage_peak_memory_bytes", stage.peakBytes.map { Double($0) }, "By", labels)
    }
    try store.add(points)
  }

  private func table(_ measure: PipelineMeasure, _ bottleneck: Int) -> [String] {
    func seconds(_ value: Double?) -> String { value.map { JSONValue.rounded($0, 3).text } ?? "" }
    func bytes(_ value: Int?) -> String { value.map { "\($0)" } ?? "" }
    let rows = measure.stages.enumerated().map { i, stage in
      [
        "\(i + 1)\(i == bottleneck ? "*" : "")", seconds(stage.wallSeconds), seconds(stage.ownSeconds),
        seconds(stage.cpuSeconds), seconds(stage.inputWait), seconds(stage.outputWait), seconds(stage.otherWait),
        stage.peakBytes.map { ByteSize(bytes: $0).text } ?? "<\(ByteSize(bytes: stage.mostPeakBytes).text)",
        bytes(stage.readBytes), bytes(stage.writtenBytes), "\(stage.status)", stage.command,
      ]
    }
    return TextTable.lines(
      [
        [
          "stage", "seconds", "own", "cpu", "waits in", "waits out", "waits else", "memory", "read", "written",
          "status", "command",
        ]
      ] + rows)
      + ["all of it: \(seconds(measure.wallSeconds)) s; * is the bottleneck"]
  }
}
