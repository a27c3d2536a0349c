import FinstageCore
import FinstageMetrics
import FinstageStream
import FinstageSystem

/// Lines of metrics, pages of Prometheus, sketches, pipelines and tokens.
func fuzzMetrics(_ bytes: [UInt8]) {
  var parser = MetricParser()
  let padded = bytes + [0x0A]
  padded.withUnsafeBufferPointer { buffer in
    var start = 0
    for (i, byte) in buffer.enumerated() where byte == 0x0A {
      if let point = try? parser.point(buffer.baseAddress! + start, buffer.baseAddress! + i) {
        precondition(parser.series.indices.contains(point.series) && !point.value.isInfinite)
      }
      start = i + 1
    }
  }
  let text = String(decoding: bytes, as: UTF8.self)
  for point in ExpositionReader.points(text, at: 0).points { precondition(!point.series.name.isEmpty) }
  if let sketch = Sketch(bytes) {
    _ = sketch.quantile(0.5)
    precondition(Sketch(sketch.bytes) == sketch)
  }
  if let stages = PipelineText.stages(text) { precondition(stages.allSatisfy { !$0.isEmpty }) }
  if let book = try? TokenBook(lines: text, keys: [(try? JSONWebToken.Key(file: [UInt8](repeating: 7, count: 32)))!]) {
    _ = try? book.access(of: text, now: 0)
  }
}
