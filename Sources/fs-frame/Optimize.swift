import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageSystem

/// `fs-frame optimize`: the same rows in narrower columns.
struct Optimize: Tool {
  static let configuration = CommandConfiguration(
    commandName: "optimize",
    abstract: "Narrow each column as far as its values allow, without loss unless --aggressive is given.",
    discussion: """
      Integers become as narrow as their range allows. Doubles become 32-bit numbers if they lose nothing. Times get \
      the coarsest unit that holds them. Columns of few different texts get a dictionary. All rows are read before the \
      first is written, because every value counts. The output is an Arrow stream unless another format is chosen; \
      prices stay doubles in Arrow, and are exact decimals in Parquet.
      """)

  @Flag(help: "Report the type and size of each column, before and after, on standard error.") var report = false
  @Flag(help: "Write the report as one JSON object.") var json = false
  @Flag(help: "Round doubles to 32 bits if no value changes by more than --max-error; never times or volumes.")
  var aggressive = false
  @Option(help: "The largest relative change that --aggressive may make.") var maxError = 1e-6
  @OptionGroup(title: "Input") var input: FrameInputOptions
  @OptionGroup(title: "Output") var output: FrameOutputOptions
  @Argument(help: "Files to read; - is standard input, the default.", completion: .file()) var files: [String] = []

  mutating func validate() throws {
    guard (0...0.05).contains(maxError) else { throw ValidationError("--max-error must be 0 to 0.05") }
  }

  private final class Stage: FrameStage {
    let rule: Vector.NarrowingRule
    let keepsDecimals: Bool
    var frames: [Frame] = []
    var before: [String: Int] = [:]
    var types: [String: String] = [:]
    var after: Frame?

    init(_ rule: Vector.NarrowingRule, keepsDecimals: Bool) {
      self.rule = rule
      self.keepsDecimals = keepsDecimals
    }

    func take(_ frame: Frame, _ emit: (Frame) throws -> Void) throws {
      for column in frame.columns {
        before[column.name, default: 0] += Frame([column], rows: frame.rows).plainByteCount
        types[column.name] = column.vector.type.name
      }
      // Narrow each frame at once to save memory; without loss, because rounding depends on the whole column.
      frames.append(frame.narrowed())
    }

    func finish(_ emit: (Frame) throws -> Void) throws {
      let narrow = Frame.joined(frames).narrowed(rule)
      frames = []
      after = narrow
      var columns = narrow.columns
      for i in columns.indices {
        let vector = columns[i].vector
        if case .decimal = vector.type, !keepsDecimals {
          let doubles = vector.cast(to: .float64)!
          columns[i].vector =
            rule.maxError != nil && !columns[i].name.lowercased().contains("volume")
            ? rounded(doubles) ?? doubles : doubles
        }
      }
      try emit(Frame(columns, rows: narrow.rows))
    }

    private func rounded(_ vector: Vector) -> Vector? {
      let values = vector.doubles()
      let bound = rule.maxError ?? 0
      guard values.allSatisfy({ $0.isNaN || abs(Double(Float($0)) - $0) <= bound * abs($0) }) else { return nil }
      return Vector(.float32, .float32(values.map { Float($0) }), validity: vector.validity)
    }
  }

  mutating func execute() throws -> ExitStatus {
    var run = FrameRun("optimize", input, output)
    run.standardFormat = "arrow"
    let format = try output.chosenFormat("arrow")
    let stage = Stage(
      Vector.NarrowingRule(maxError: aggressive ? maxError : nil), keepsDecimals: !format.name.hasPrefix("arrow"))
    let status = try run.run(files, stage)
    if report || json, let after = stage.after { tell(stage, after) }
    return status
  }

  private func tell(_ stage: Stage, _ after: Frame) {
    let (before, now) = (stage.before.values.reduce(0, +), after.byteCount)
    func megabytes(_ bytes: Int) -> String { NumberText.string((Double(bytes) / 1e6 * 100).rounded() / 100) }
    let saved = before == 0 ? 0 : (Double(before - now) / Double(before) * 1000).rounded() / 10
    if json {
      let columns: [JSONValue] = after.columns.map { column in
        [
          "name": .string(column.name), "from": .string(stage.types[column.name] ?? ""),
          "to": .string(column.vector.type.name), "bytes_before": JSONValue(stage.before[column.name] ?? 0),
          "bytes_after": JSONValue(column.vector.byteCount),
        ]
      }
      func megabytes(_ bytes: Int) -> JSONValue { .rounded(Double(bytes) / 1e6, 2) }
      let record: JSONValue = [
        "original_memory_mb": megabytes(before), "optimized_memory_mb": megabytes(now),
        "memory_saved_mb": megabytes(before - now), "reduction_percent": .number(saved), "rows": JSONValue(after.rows),
        "columns": .array(columns),
      ]
      Diagnostics.write(record.text + "\n")
      return
    }
    var rows = [["column", "from", "to", "bits", "before", "after"]]
    for column in after.columns {
      rows.append([
        column.name, stage.types[column.name] ?? "", column.vector.type.name, String(column.vector.width * 8),
        String(stage.before[column.name] ?? 0), String(column.vector.byteCount),
      ])
    }
    Diagnostics.write(TextTable.aligned(rows))
    Diagnostics.write(
      "\(after.rows) rows: \(megabytes(before)) MB before, \(megabytes(now)) MB after, \(NumberText.string(saved)) % less\n"
    )
  }
}
