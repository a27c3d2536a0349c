import FinstageExpressions
import FinstageSystem
@testable import FinstageCore

/// Reads all frames, and does with each what tools do: statistics, a conversion to lines.
private func drain(_ format: String, _ bytes: [UInt8], _ change: (inout FormatOptions) -> Void = { _ in }) {
  var options = FormatOptions()
  change(&options)
  guard let reader = try? FrameFormat.named(format)?.makeReader(MemorySource(bytes), options),
    let writer = try? FrameFormat.named("ndjson")?.makeWriter(NullSink.make(), FormatOptions())
  else { return }
  var frames = 0
  while frames < 64, let next = try? reader.next() {
    frames += 1
    // A row costs little in the file and much as a line.
    try? writer.write(next.rows > 10_000 ? next.taking(Array(0..<10_000)) : next)
    _ = try? Frame.series([next])
  }
  try? writer.finish()
}

private enum NullSink {
  static let descriptor = open("/dev/null", O_WRONLY)
  static func make() -> ByteSink { ByteSink(descriptor: descriptor, name: "null") }
}

func fuzzNDJSON(_ bytes: [UInt8]) {
  drain("ndjson", bytes) { $0.policy = .skip }
  drain("ndjson", bytes) { $0.inferRows = 2 }
}

func fuzzCSV(_ bytes: [UInt8]) {
  drain("csv", bytes)
  drain("csv", bytes) {
    $0.policy = .skip
    $0.usesDecimalComma = true
    $0.delimiter = UInt8(ascii: ";")
    $0.known = [Field("close", .float64)]
  }
}

func fuzzArrow(_ bytes: [UInt8]) {
  drain("arrow", bytes)
}

func fuzzParquet(_ bytes: [UInt8]) {
  drain("parquet", bytes)
  drain("parquet", bytes) { $0.predicate = (try? Expression("close > 1 and ts > 2020-01-01"))?.bounds ?? [] }
}

func fuzzGzip(_ bytes: [UInt8]) {
  let source = PrefixedSource(GzipSource(MemorySource(bytes)))
  var buffer = [UInt8](repeating: 0, count: 1 << 16)
  var total = 0
  while total < 64 << 20 {
    guard let count = try? buffer.withUnsafeMutableBytes({ try source.read(into: $0) }),
      count > 0
    else { break }
    total += count
  }
}
