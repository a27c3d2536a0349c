import FinstageCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What a run has done: one JSON line for `--stats`, and the same as metric records appended to the file FS_METRICS names.
package struct RunStatistics {
  private let tool: String
  private let started: Double
  /// Counts in the order in which they are shown.
  private var counts: [(name: String, value: Double, unit: String)] = []

  package init(tool: String) {
    self.tool = tool
    started = Clock.monotonic
  }

  /// - Parameter unit: `1` for plain counts, `By` for bytes, `s` for seconds (UCUM, as OpenTelemetry has them).
  package mutating func count(_ name: String, _ value: Int, unit: String = "1") {
    counts.append((name, Double(value), unit))
  }

  /// Prints the line if it is wanted, and appends the metrics if a file for them is named.
  package mutating func report(isWanted: Bool, _ diagnostics: Diagnostics) {
    let metricsPath = Environment["FS_METRICS"]
    guard isWanted || metricsPath != nil else { return }
    let usage = ProcessUsage()
    counts.append(("seconds", rounded(Clock.monotonic - started), "s"))
    counts.append(("cpu_seconds", rounded(usage.cpuSeconds), "s"))
    counts.append(("peak_memory_bytes", Double(usage.peakMemoryBytes), "By"))
    if isWanted {
      let members = counts.map { "\"\($0.name)\":\(NumberText.string($0.value))" }
      Diagnostics.write("{\"tool\":\"\(tool)\"," + members.joined(separator: ",") + "}\n")
    }
    if let metricsPath { append(to: metricsPath, diagnostics) }
  }

  private func append(to path: String, _ diagnostics: Diagnostics) {
    let stamp = Timestamp.string(Int64(Clock.wall * 1000) * 1_000_000)
    let name = tool.split(separator: "-").joined(separator: "_")
    var text = ""
    for count in counts {
      text += "{\"type\":\"metric\",\"name\":\"\(name)_\(count.name)\",\"ts\":\"\(stamp)\",\"value\":"
      text += "\(NumberText.string(count.value)),\"unit\":\"\(count.unit)\",\"labels\":{\"tool\":\"\(tool)\"}}\n"
    }
    let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      diagnostics.warning("FS_METRICS=\(path): cannot be written: \(systemErrorText(errno))")
      return
    }
    defer { close(descriptor) }
    // One write, so that records of many processes do not mix.
    let written = text.utf8CString.withUnsafeBytes { systemWrite(descriptor, $0.baseAddress!, $0.count - 1) }
    if written < 0 { diagnostics.warning("FS_METRICS=\(path): writing failed: \(systemErrorText(errno))") }
  }

  private func rounded(_ seconds: Double) -> Double { (seconds * 1e6).rounded() / 1e6 }
}
