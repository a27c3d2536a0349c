import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageSystem

/// `fs-frame describe`: the distribution of each column.
struct Describe: Tool {
  static let configuration = CommandConfiguration(
    commandName: "describe",
    abstract: "Show count, nulls, mean, standard deviation, minimum, quartiles and maximum of each column.",
    discussion: """
      Writes a table to standard output, or with --format one record for each column. Quartiles are exact for up to a \
      million values of a column. Beyond that, they come from a random sample of a million values (the table says so).
      """)

  @OptionGroup(title: "Input") var input: FrameInputOptions
  @OptionGroup(title: "Output") var output: FrameOutputOptions
  @Argument(help: "Files to read; - is standard input, the default.", completion: .file()) var files: [String] = []

  /// Mean and deviation after B. P. Welford, "Note on a method for calculating corrected sums of squares and products" (1962).
  private struct Moments {
    private static let limit = 1_000_000
    var count = 0
    var nulls = 0
    var mean = 0.0
    var squares = 0.0
    var least = Double.infinity
    var greatest = -Double.infinity
    /// The bounds of a column of whole numbers, which doubles may round.
    var wholes: ClosedRange<Int64>?
    /// The values, or a sample of them (J. Vitter's algorithm R).
    var sample: [Double] = []
    private var random = SystemRandomNumberGenerator()

    mutating func take(_ value: Double) {
      guard value.isFinite else {
        nulls += 1
        return
      }
      count += 1
      let delta = value - mean
      mean += delta / Double(count)
      squares += delta * (value - mean)
      least = min(least, value)
      greatest = max(greatest, value)
      if sample.count < Moments.limit {
        sample.append(value)
      } else {
        let place = Int.random(in: 0..<count, using: &random)
        if place < Moments.limit { sample[place] = value }
      }
    }

    var isSampled: Bool { count > sample.count && !sample.isEmpty }
    var deviation: Double? { count > 1 ? (squares / Double(count - 1)).squareRoot() : nil }

    /// Interpolates linearly between neighbours (type 7 of R. Hyndman and Y. Fan).
    func quantile(_ sorted: [Double], _ share: Double) -> Double? {
      if sorted.isEmpty { return nil }
      let place = share * Double(sorted.count - 1)
      let low = Int(place)
      let high = min(low + 1, sorted.count - 1)
      return sorted[low] + (sorted[high] - sorted[low]) * (place - Double(low))
    }
  }

  private struct Column {
    let name: String
    var type: String
    var moments = Moments()
    var texts: [String: Int] = [:]
    /// There are more texts than are counted.
    var hasMoreTexts = false
    var isText = false
    var isTime = false
  }

  mutating func execute() throws -> ExitStatus {
    let run = FrameRun("describe", input, output)
    var statistics = RunStatistics(tool: "fs-frame")
    var columns: [Column] = []
    try run.read(files, &statistics) { frame in
      for source in frame.columns {
        let place: Int
        if let known = columns.firstIndex(where: { $0.name == source.name }) {
          place = known
        } else {
          place = columns.count
          columns.append(Column(name: source.name, type: source.vector.type.name))
        }
        Describe.take(source.vector, &columns[place])
      }
      return true
    }
    if output.format != nil || output.common.output != "-" && FrameFormat.of(path: output.common.output) != nil {
      return try FrameRun("describe", input, output).run(["/dev/null"], Constant(Describe.table(columns, asJSON: true)))
    }
    let frame = Describe.table(columns, asJSON: false)
    var rows = [frame.names]
    for row in 0..<frame.rows { rows.append(frame.columns.map { Describe.short($0.vector, row) }) }
    let sink = try output.common.anySink()
    try sink.write(TextTable.aligned(rows))
    if columns.contains(where: \.moments.isSampled) {
      try sink.write("quartiles come from a random sample of 1,000,000 values\n")
    }
    try sink.finish()
    statistics.report(isWanted: output.common.stats, run.diagnostics)
    return .done
  }

  /// A stage that ignores its input and emits one given frame.
  private final class Constant: FrameStage {
    private let frame: Frame
    init(_ frame: Frame) { self.frame = frame }
    func take(_ frame: Frame, _ emit: (Frame) throws -> Void) throws {}
    func finish(_ emit: (Frame) throws -> Void) throws { try emit(frame) }
  }

  /// Numbers for people: six significant digits.
  private static func short(_ vector: Vector, _ row: Int) -> String {
    guard let value = Double(vector.text(row)) else { return vector.text(row) }
    if value == 0 || value.rounded() == value { return vector.text(row) }
    guard abs(value) > 1e-290 else { return vector.text(row) }
    if abs(value) >= 1e6 { return NumberText.string(value.rounded()) }
    var scale = 1.0
    while abs(value) * scale < 1e5 { scale *= 10 }
    while abs(value) * scale >= 1e6 { scale /= 10 }
    let digits = (value * scale).rounded()
    return NumberText.string(scale >= 1 ? digits / scale : digits * (1 / scale))
  }

  /// How many different texts of a column are counted.
  private static let mostTexts = 100_000

  private static func take(_ vector: Vector, _ column: inout Column) {
    if vector.type.isText {
      column.isText = true
      column.moments.nulls += vector.nullCount
      column.moments.count += vector.count - vector.nullCount
      if let texts = vector.texts {
        var counts = [Int](repeating: 0, count: texts.count)
        for (row, code) in vector.integers().enumerated() where !vector.isNull(row) { counts[Int(code)] += 1 }
        for (code, count) in counts.enumerated() where count > 0 {
          if column.texts.count < Describe.mostTexts {
            column.texts[texts[code], default: 0] += count
          } else if column.texts[texts[code]] != nil {
            column.texts[texts[code]]! += count
          } else {
            column.hasMoreTexts = true
          }
        }
      }
      return
    }
    // Seconds since 1970, also of times that nanoseconds do not reach.
    var perSecond: Double?
    switch vector.type {
    case .date: perSecond = 1 / 86_400.0
    case .timestamp(let unit, _): perSecond = Double(unit.perSecond)
    default: break
    }
    column.isTime = perSecond != nil
    if let perSecond {
      for (row, value) in vector.integers().enumerated() {
        column.moments.take(vector.isNull(row) ? .nan : Double(value) / perSecond)
      }
      return
    }
    for value in vector.doubles() { column.moments.take(value) }
    guard case .int = vector.type else { return }
    for (row, value) in vector.integers().enumerated() where !vector.isNull(row) {
      let known = column.moments.wholes ?? value...value
      column.moments.wholes = min(known.lowerBound, value)...max(known.upperBound, value)
    }
  }

  /// - Parameter asJSON: statistics are numbers of JSON, or texts with a time.
  private static func table(_ columns: [Column], asJSON: Bool) -> Frame {
    func texts(_ name: String, _ values: [String?], _ type: DataType = .string) -> Frame.Column {
      let pool = TextPool()
      var mask = Validity(repeating: true, count: values.count)
      for (row, value) in values.enumerated() where value == nil { mask[row] = false }
      return Frame.Column(
        name,
        Vector(type, .int64(values.map { $0.map { Int64(pool.intern($0)) } ?? 0 }), validity: mask, texts: pool))
    }
    func numbers(_ name: String, _ values: [Int]) -> Frame.Column {
      Frame.Column(name, Vector(.int(bits: 64), .int64(values.map(Int64.init))))
    }
    let sorted = columns.map { $0.moments.sample.sorted() }
    func statistic(_ name: String, _ value: (Int) -> Double?) -> Frame.Column {
      texts(
        name,
        columns.indices.map { i in
          if columns[i].isText { return nil }
          guard let number = value(i), number.isFinite else { return nil }
          if columns[i].isTime && name != "std" {
            // Rounded to seconds, of the years 1 to 9999.
            let second = Int64(max(-62_135_596_800, min(253_402_300_799, number.rounded())))
            let text = Timestamp.string(second, unit: Timestamp.nanosecondsPerSecond)
            return asJSON ? JSONValue.string(text).text : text
          }
          if let wholes = columns[i].moments.wholes {
            // A column of whole numbers may have got decimals later.
            if name == "min", Double(wholes.lowerBound) == number { return String(wholes.lowerBound) }
            if name == "max", Double(wholes.upperBound) == number { return String(wholes.upperBound) }
          }
          return NumberText.string(number)
        }, asJSON ? .json : .string)
    }
    return Frame([
      texts("column", columns.map(\.name)), texts("type", columns.map(\.type)),
      numbers("count", columns.map(\.moments.count)), numbers("nulls", columns.map(\.moments.nulls)),
      statistic("mean") { columns[$0].moments.count > 0 ? columns[$0].moments.mean : nil },
      statistic("std") { columns[$0].moments.deviation },
      statistic("min") { columns[$0].moments.least },
      statistic("25%") { columns[$0].moments.quantile(sorted[$0], 0.25) },
      statistic("50%") { columns[$0].moments.quantile(sorted[$0], 0.5) },
      statistic("75%") { columns[$0].moments.quantile(sorted[$0], 0.75) },
      statistic("max") { columns[$0].moments.greatest },
      texts(
        "most frequent",
        columns.map { column in
          column.isText
            ? column.texts.max { ($0.value, $1.key) < ($1.value, $0.key) }.map {
              column.hasMoreTexts
                ? "\($0.key) (\($0.value), among the first \(column.texts.count) different texts)"
                : "\($0.key) (\($0.value) of \(column.texts.count) different)"
            }
            : nil
        }),
    ])
  }
}
