/// Metrics in the text format of Prometheus, version 0.0.4.
package struct PrometheusText {
  package enum Kind: String { case gauge, counter, histogram }

  package struct Sample {
    package var labels: [(name: String, value: String)]
    package var value: Double

    package init(_ value: Double, _ labels: (name: String, value: String)...) {
      self.labels = labels
      self.value = value
    }
  }

  private let prefix: String
  package private(set) var lines: [String] = []

  /// - Parameter prefix: stands before each name.
  package init(prefix: String) { self.prefix = prefix }

  /// Adds a metric; nothing if it has no samples.
  package mutating func add(_ name: String, _ help: String, _ kind: Kind, _ samples: [Sample]) {
    guard !samples.isEmpty else { return }
    begin(name, help, kind)
    for sample in samples { line(name, sample.labels, NumberText.string(sample.value)) }
  }

  package mutating func add(_ name: String, _ help: String, _ histogram: Histogram) {
    begin(name, help, .histogram)
    var sum: Int64 = 0
    for (i, count) in histogram.counts.enumerated() {
      sum += count
      let bound = i < Histogram.bounds.count ? NumberText.string(Histogram.bounds[i]) : "+Inf"
      line(name + "_bucket", [("le", bound)], String(sum))
    }
    line(name + "_sum", [], NumberText.string((histogram.sum * 1000).rounded() / 1000))
    line(name + "_count", [], String(sum))
  }

  private mutating func begin(_ name: String, _ help: String, _ kind: Kind) {
    lines += ["# HELP \(prefix)\(name) \(help)", "# TYPE \(prefix)\(name) \(kind.rawValue)"]
  }

  private mutating func line(_ name: String, _ labels: [(name: String, value: String)], _ value: String) {
    let inner = labels.map { "\($0.name)=\"\(PrometheusText.escaped($0.value))\"" }.joined(separator: ",")
    lines.append("\(prefix)\(name)\(inner.isEmpty ? "" : "{\(inner)}") \(value)")
  }

  /// A label's value: backslash, quote and line feed are escaped, and nothing else.
  private static func escaped(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
  }
}
