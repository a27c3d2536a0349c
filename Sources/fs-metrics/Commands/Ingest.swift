import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageMetrics
import FinstageSystem

/// `fs-metrics ingest`: metric records into the store.
struct Ingest: Tool {
  static let configuration = CommandConfiguration(
    commandName: "ingest",
    abstract: "Keep metric records of files or standard input.",
    discussion: """
      A record is {"type":"metric","name":"run_seconds","ts":"2024-03-01T15:00:00Z","value":1.25,"unit":"s","labels":{"run":"nightly"}}; the value null says that there was nothing to be measured. \
      Tools append such lines to the file that FS_METRICS names. Records of other types are passed over, and invalid lines are skipped and counted. \
      A file that has grown is read on where it was left, also after a kill, so that nothing counts twice; --again reads it all. That does not hold for files that are packed with gzip.

      EXAMPLES:
        export FS_METRICS=/var/tmp/metrics.ndjson; fs-fetch AAPL > bars.ndjson; fs-metrics ingest $FS_METRICS
        tail -F $FS_METRICS | fs-metrics ingest
      """)

  @Argument(help: ArgumentHelp("Files; standard input if there are none.", valueName: "files"), completion: .file())
  var files: [String] = []
  @Flag(help: "Take files from their beginning, although they were taken before.") var again = false
  @OptionGroup var store: MetricsStoreOption
  @Flag(help: "Print one JSON line on standard error at the end: records, bytes, seconds, peak memory.") var stats =
    false
  @Flag(name: .shortAndLong, help: "Print errors only.") var quiet = false

  mutating func execute() throws -> ExitStatus {
    var diagnostics = Diagnostics(tool: "fs-metrics ingest")
    diagnostics.isQuiet = quiet
    var statistics = RunStatistics(tool: "fs-metrics")
    let store = try self.store.open()
    let intake = MetricsIntake(store)
    for path in files.isEmpty ? ["-"] : files {
      let descriptor = try DescriptorSource(path: path)
      if !again {
        let passed = try intake.goOn(in: descriptor)
        if passed > 0 { diagnostics.note("\(path): \(passed) bytes were taken before") }
      }
      let source = GzipSource(descriptor)
      try intake.read(source) { descriptor.size != nil || descriptor.isReadable }
    }
    try store.age(SystemClock.wallNanoseconds)
    if let first = intake.firstBad {
      diagnostics.warning("bad records left out: \(intake.bad), the first: \(first.sentence)")
    }
    statistics.count("records", intake.taken)
    statistics.count("bad", intake.bad)
    statistics.count("other_records", intake.others)
    statistics.report(isWanted: stats, diagnostics)
    return .done
  }
}
