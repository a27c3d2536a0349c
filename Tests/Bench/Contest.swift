import FinstageSystem
import TestSupport

/// Runs several commands in turn, round after round, and prints the median of each with its ratio to the first: since every
/// ratio is taken within one round, a machine that gets slower and faster does not spoil it.
struct Contest {
  struct Contender {
    var name: String
    /// A program and its arguments; a line of bash if there are none.
    var command: String
    var arguments: [String] = []
    /// What it writes; removed before and after each run, so that no run pays for the pages of another.
    var output: String
    /// Printed instead of figures when the contender is not installed.
    var missing: String? = nil
  }

  var contenders: [Contender]
  var rounds = 7
  /// Times in milliseconds instead of seconds.
  var isShort = false

  func run() throws {
    let present = contenders.filter { $0.missing == nil }
    var results: [[Run.Result]] = present.map { _ in [] }
    for round in -1..<rounds {
      for (i, contender) in present.enumerated() {
        unlink(contender.output)
        let result =
          contender.arguments.isEmpty
          ? try Run.command("/bin/bash", ["-c", "exec " + contender.command])
          : try Run.command(contender.command, contender.arguments, outputPath: contender.output)
        unlink(contender.output)
        if result.status != 0 {
          throw Run.Failure(message: "\(contender.name): status \(result.status): \(result.errors)")
        }
        if round >= 0 { results[i].append(result) }  // the first round warms up
      }
    }
    print(Contest.row("", "wall", "cpu", "peak memory", "wall / ours"))
    for (i, contender) in present.enumerated() {
      let ratios = zip(results[i], results[0]).map { $0.seconds / $1.seconds }
      print(
        Contest.row(
          contender.name, time(Contest.median(results[i].map(\.seconds))),
          time(Contest.median(results[i].map(\.cpuSeconds))),
          "\(Contest.fixed(Contest.median(results[i].map { Double($0.peakMemoryBytes) }) / 1_048_576, 1)) MiB",
          "\(Contest.fixed(Contest.median(ratios), 2)) (\(Contest.fixed(ratios.min()!, 2)) to \(Contest.fixed(ratios.max()!, 2)))"
        ))
    }
    for contender in contenders { if let missing = contender.missing { print("\(contender.name): \(missing)") } }
  }

  private func time(_ seconds: Double) -> String {
    isShort ? "\(Contest.fixed(seconds * 1000, 2)) ms" : "\(Contest.fixed(seconds, 3)) s"
  }

  static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }

  static func fixed(_ value: Double, _ places: Int) -> String {
    var scale = 1
    for _ in 0..<places { scale *= 10 }
    let whole = Int((value * Double(scale)).rounded())
    let fraction = String(whole % scale)
    return "\(whole / scale)." + String(repeating: "0", count: places - fraction.count) + fraction
  }

  static func row(_ cells: String...) -> String {
    let widths = [30, 12, 12, 13, 0]
    return zip(cells, widths).map { $0 + String(repeating: " ", count: max(0, $1 - $0.count)) }.joined(separator: " ")
  }
}
