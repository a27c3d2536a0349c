import FinstageCore
import FinstageIndicators
import FinstageSystem
import TestSupport

/// Each kernel alone, in memory, against TA-Lib's function in the same run: nanoseconds a bar, and their ratio.
///
/// Both work on the same columns of one series, small enough for the caches. Rounds alternate; each ratio is of one round.
enum KernelTable {
  private static let bars = 100_000
  private static let rounds = 5
  private static let callsInARound = 15

  static func run(python: String) throws {
    let columns = makeColumns()
    let folder = TemporaryFolder()
    let file = folder.file(
      "columns",
      [columns.open, columns.high, columns.low, columns.close, columns.volume].flatMap { column in
        column.withUnsafeBytes { Array($0) }
      })
    let script = "\(Run.package)/Tests/Bench/peers/talib_kernels.py"
    let hasPeer = try Run.shell("\(python) -c 'import talib' 2>/dev/null").status == 0
    if !hasPeer { print("TA-Lib: not installed (pip install TA-Lib numpy)") }
    var ours: [String: [Double]] = [:]
    var theirs: [String: [Double]] = [:]
    for _ in 0..<rounds {
      for indicator in Indicator.all { ours[indicator.name, default: []].append(time(indicator, columns)) }
      guard hasPeer else { continue }
      let result = try Run.shell("\(python) '\(script)' '\(file)' \(bars) \(callsInARound)")
      guard result.status == 0 else { throw Run.Failure(message: result.errors) }
      for line in result.lines {
        let parts = line.split(separator: " ")
        theirs[String(parts[0]), default: []].append(Double(parts[1]) ?? .nan)
      }
    }
    print(Contest.row("", "ours", "TA-Lib", "state", "ours / TA-Lib"))
    var above: [String] = []
    for indicator in Indicator.all {
      let own = ours[indicator.name] ?? []
      let peer = theirs[indicator.name]
      let ratios = peer.map { zip(own, $0).map { $0 / $1 } }
      let ratio = ratios.map(Contest.median)
      if let ratio, ratio > 1.5 { above.append(indicator.name) }
      print(
        Contest.row(
          indicator.name, "\(Contest.fixed(Contest.median(own), 2)) ns",
          peer.map { "\(Contest.fixed(Contest.median($0), 2)) ns" } ?? "-",
          "\(SeriesRun(indicator.standard).stateSize) B",
          ratio.map {
            "\(Contest.fixed($0, 2)) (\(Contest.fixed(ratios!.min()!, 2)) to \(Contest.fixed(ratios!.max()!, 2)))"
          }
            ?? "-"))
    }
    if hasPeer { print("above 1.5: \(above.isEmpty ? "none" : above.joined(separator: " "))") }
  }

  private static func time(_ indicator: Indicator, _ columns: SeriesRun.Columns) -> Double {
    let run = SeriesRun(indicator.standard)
    var times: [Double] = []
    run.prepare(columns)
    for _ in 0..<callsInARound {
      run.reset()
      var start = timespec()
      clock_gettime(CLOCK_MONOTONIC, &start)
      run.compute(columns)
      var end = timespec()
      clock_gettime(CLOCK_MONOTONIC, &end)
      times.append((Double(end.tv_sec - start.tv_sec) * 1e9 + Double(end.tv_nsec - start.tv_nsec)) / Double(bars))
    }
    return Contest.median(times)
  }

  private static func makeColumns() -> SeriesRun.Columns {
    var random = SeededRandom(seed: 11)
    var columns = SeriesRun.Columns()
    var price = 100.0
    func cents(_ x: Double) -> Double { (x * 100).rounded() / 100 }
    for i in 0..<bars {
      let open = cents(price * (1 + 0.002 * random.normal()))
      price = max(1, price * (1 + 0.01 * random.normal()))
      let close = cents(price)
      columns.open.append(open)
      columns.close.append(close)
      columns.high.append(cents(max(open, close) * (1 + 0.004 * random.unit())))
      columns.low.append(cents(min(open, close) * (1 - 0.004 * random.unit())))
      columns.volume.append(Double(1000 + random.next() % 9_999_000))
      columns.time.append(Int64(i) * 60_000_000_000)
    }
    columns.field = columns.close
    return columns
  }
}
