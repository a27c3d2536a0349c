import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageExpressions
import FinstageSystem

/// `fs-frame filter`: the rows for which an expression is true.
struct Filter: Tool {
  static let configuration = CommandConfiguration(
    commandName: "filter", abstract: "Write the rows for which an expression is true.",
    discussion: """
        fs-frame filter 'close / open - 1 > 5% and volume > 1M' bars.parquet
        fs-frame filter 'close crosses above avg(close, 50)' bars.ndjson

      The manual of fs-frame compute describes expressions and their functions.
      """)

  @Argument(help: ArgumentHelp("Such as 'close > open && volume >= 1e6'.", valueName: "expression")) var condition:
    String
  @OptionGroup(title: "Input") var input: FrameInputOptions
  @OptionGroup(title: "Output") var output: FrameOutputOptions
  @Argument(help: "Files to read; - is standard input, the default.", completion: .file()) var files: [String] = []

  mutating func execute() throws -> ExitStatus {
    let condition = try Expression(condition)
    var run = FrameRun("filter", input, output, naming: condition.fields)
    run.predicate = condition.bounds
    run.likely = condition.likelyKinds
    let filter = FrameExpressions([condition])
    return try run.run(
      files,
      EachFrame { frame in
        // An empty stream lacks nothing.
        if frame.columns.isEmpty { return frame }
        let rows = try filter.rows(frame)
        return rows.count == frame.rows ? frame : frame.taking(rows)
      })
  }
}
