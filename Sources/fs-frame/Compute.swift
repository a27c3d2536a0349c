import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageExpressions
import FinstageSystem

/// `fs-frame compute`: adds computed columns.
struct Compute: Tool {
  static let configuration = CommandConfiguration(
    commandName: "compute", abstract: "Add computed columns.",
    discussion: """
      Computes each column from the columns of the same row, of the columns before it, and of earlier rows of the same symbol.

        fs-frame compute 'range = high - low; r = close / prev(close) - 1' bars.parquet
        fs-frame compute 'z = (close - avg(close, 20)) / stddev(close, 20)' bars.ndjson

      \(ExpressionManual.text)
      """)

  @Argument(
    help: ArgumentHelp("Such as 'range = high - low'; semicolons separate several.", valueName: "name = expression"))
  var definitions: String
  @OptionGroup(title: "Input") var input: FrameInputOptions
  @OptionGroup(title: "Output") var output: FrameOutputOptions
  @Argument(help: "Files to read; - is standard input, the default.", completion: .file()) var files: [String] = []

  mutating func execute() throws -> ExitStatus {
    var columns: [(name: String, expression: FrameExpressions)] = []
    var run = FrameRun("compute", input, output)
    for part in definitions.split(separator: ";") {
      let sides = part.split(separator: "=", maxSplits: 1)
      let name = sides.first.map { $0.filter { $0 != " " } } ?? ""
      guard sides.count == 2, !name.isEmpty else {
        throw ToolFailure(.usage, "\"\(part)\": expected name = expression")
      }
      let expression = try Expression(String(sides[1]))
      // A name that an earlier part defines is not one of the input.
      run.likely.merge(expression.likelyKinds) { known, _ in known }
      run.named += expression.fields.filter { field in !columns.contains { $0.name == field } }
      columns.append((name, FrameExpressions([expression])))
    }
    return try run.run(
      files,
      EachFrame { frame in
        if frame.columns.isEmpty { return frame }
        var result = frame
        for (name, expression) in columns {
          let column = Frame.Column(name, try expression.vectors(result)[0])
          var all = result.columns
          if let place = result.index(name) { all[place] = column } else { all.append(column) }
          result = Frame(all, rows: frame.rows)
        }
        return result
      })
  }
}
