import FinstageCore
let source = GzipSource(try DescriptorSource(path: "-"))
let sink = try ByteSink(path: "-")
var reqs: [IndicatorRequest] = []
for a in CommandLine.arguments.dropFirst() { let p = a.split(separator: ":"); reqs += try IndicatorRequest.parse(String(p[1]), for: Indicator.all.first { $0.name == p[0] }!) }
let set = IndicatorSet(reqs, field: "close", key: "symbol", prefix: "")
let reader = NDJSONReader(source: source, fields: set.fields)
let writer = RecordWriter(sink: sink, names: set.names)
let conveyor = Conveyor<Batch>(depth: 3, make: { reader.makeBatch() }, work: { (b) throws(OutputError) in try writer.write(b) })
while true {
  let b = try conveyor.take()
  if !(try reader.next(into: b)) { break }
  set.apply(to: b)
  try conveyor.send(b)
}
try conveyor.finish()
try sink.finish()
