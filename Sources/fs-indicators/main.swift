import FinstageCore
let source = GzipSource(try DescriptorSource(path: "-"))
let sink = try ByteSink(path: "-")
let reader = NDJSONReader(source: source, fields: [Field("symbol", .symbol), Field("ts", .timestamp, .optional), Field("close", .float64)])
let names = CommandLine.arguments.count > 1 ? (0..<Int(CommandLine.arguments[1])!).map { "col_\($0)" } : []
let writer = RecordWriter(sink: sink, names: names)
let conveyor = Conveyor<Batch>(depth: 3, make: { reader.makeBatch() }, work: { (b) throws(OutputError) in try writer.write(b) })
while true {
  let b = try conveyor.take()
  if !(try reader.next(into: b)) { break }
  b.prepareResults(names)
  for r in b.results { for i in 0..<b.bars { r.doubles[i] = b.columns[2].doubles[i] * 1.0000001 } }
  try conveyor.send(b)
}
try conveyor.finish()
try sink.finish()
