import TestSupport

// finstage-bench                 all benchmarks
// finstage-bench sma six         some of them
// finstage-bench generate 1000   bars on standard output, seeded: always the same

let arguments = Array(CommandLine.arguments.dropFirst())

if arguments.first == "generate" {
  let count = arguments.dropFirst().first.flatMap { Int($0) } ?? 1_000_000
  BarData.write(count, to: 1)
} else {
  let names = arguments.isEmpty ? Benchmarks.all.map(\.name) : arguments
  for name in names {
    guard let benchmark = Benchmarks.all.first(where: { $0.name == name }) else {
      print("finstage-bench: no benchmark \"\(name)\"; there are: \(Benchmarks.all.map(\.name).joined(separator: " "))")
      break
    }
    print("\n== \(benchmark.name): \(benchmark.summary)")
    try benchmark.run()
  }
}
