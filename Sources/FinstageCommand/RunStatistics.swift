import FinstageCore
import FinstageSystem

/// Counts what a run has done.
///
/// `--stats` prints the counts as one JSON line. If FS_METRICS names a file, they are appended to it as metric records.
package struct RunStatistics {
  private let tool: String
  private let started: Double
  /// Counts in the order in which they are shown.
  private var counts: [(name: String, value: Double, unit: String)] = []

  package init(tool: String) {
    self.tool = tool
    started = SystemClock.monotonic
  }

  /// - Parameter unit: `1` for plain counts, `By` for bytes, `s` for seconds (UCUM units, as in OpenTelemetry).
  package mutating func count(_ name: String, _ value: Int, unit: String = "1") {
    counts.append((name, Double(value), unit))
  }

  /// Prints the line if it is wanted, and appends the metrics if FS_METRICS names a file.
  package mutating func report(isWanted: Bool, _ diagnostics: Diagnostics) {
    let metricsPath = Environment["FS_METRICS"]
    guard isWanted || metricsPath != nil else { return }
    let usage = ProcessUsage()
    counts.append(("seconds", rounded(SystemClock.monotonic - started), "s"))
    counts.append(("cpu_seconds", rounded(usage.cpuSeconds), "s"))
    counts.append(("peak_memory_bytes", Double(usage.peakMemoryBytes), "By"))
    if isWanted {
      let line = JSONValue.object([("tool", .string(tool))] + counts.map { ($0.name, .number($0.value)) })
      Diagnostics.write(line.text + "\n")
    }
    if let metricsPath { append(to: metricsPath, diagnostics) }
  }

  private func append(to path: String, _ diagnostics: Diagnostics) {
    let stamp = JSONValue(time: SystemClock.wallMilliseconds)
    let prefix = tool.split(separator: "-").joined(separator: "_")
    let lines = counts.map { count in
      JSONValue.object([
        ("type", "metric"), ("name", .string("\(prefix)_\(count.name)")), ("ts", stamp),
        ("value", .number(count.value)),
        ("unit", .string(count.unit)), ("labels", ["tool": .string(tool)]),
      ]).text + "\n"
    }
    if !FileContent.append(lines.joined(), to: path) {
      diagnostics.warning("FS_METRICS=\(path): writing failed: \(systemErrorText(errno))")
    }
  }

  private func rounded(_ seconds: Double) -> Double { (seconds * 1e6).rounded() / 1e6 }
}
