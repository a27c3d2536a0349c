import ArgumentParser
import FinstageCommand
import FinstageCore

/// An expression of the command line; a fault shows the place.
func expression(_ text: String) throws(ToolFailure) -> FinstageCore.Expression {
  do throws(FinstageCore.Expression.Failure) {
    return try FinstageCore.Expression(text)
  } catch {
    throw ToolFailure(.usage, error.shown(in: text))
  }
}

/// `fs-frame filter`: the rows for which an expression is true.
struct Filter: Tool {
  static let configuration = CommandConfiguration(
    commandName: "filter", abstract: "Write the rows for which an expression is true.")

  @Argument(help: ArgumentHelp("Such as 'close > open && volume >= 1e6'.", valueName: "expression")) var condition:
    String
  @OptionGroup(title: "Input") var input: FrameInputOptions
  @OptionGroup(title: "Output") var output: FrameOutputOptions
  @Argument(help: "Files to read; - is standard input, the default.", completion: .file()) var files: [String] = []

  mutating func execute() throws(ToolFailure) -> ExitStatus {
    let condition = try expression(condition)
    var run = FrameRun("filter", input, output)
    run.predicate = condition.bounds
    return try run.run(
      files,
      EachFrame { (frame) throws(ToolFailure) in
        do throws(FinstageCore.Expression.Mismatch) {
          let rows = try condition.rows(frame)
          return rows.count == frame.rows ? frame : frame.taking(rows)
        } catch {
          throw ToolFailure(error)
        }
      })
  }
}

/// `fs-frame compute`: a column more.
struct Compute: Tool {
  static let configuration = CommandConfiguration(
    commandName: "compute", abstract: "Add columns that are computed from the others of their row.")

  @Argument(help: ArgumentHelp("Such as 'range = high - low'; several with ; between.", valueName: "name = expression"))
  var definitions: String
  @OptionGroup(title: "Input") var input: FrameInputOptions
  @OptionGroup(title: "Output") var output: FrameOutputOptions
  @Argument(help: "Files to read; - is standard input, the default.", completion: .file()) var files: [String] = []

  mutating func execute() throws(ToolFailure) -> ExitStatus {
    var columns: [(name: String, expression: FinstageCore.Expression)] = []
    for part in definitions.split(separator: ";") {
      let sides = part.split(separator: "=", maxSplits: 1)
      let name = sides.first.map { $0.filter { $0 != " " } } ?? ""
      guard sides.count == 2, !name.isEmpty else {
        throw ToolFailure(.usage, "\"\(part)\": name = expression is expected")
      }
      columns.append((name, try expression(String(sides[1]))))
    }
    return try FrameRun("compute", input, output).run(
      files,
      EachFrame { (frame) throws(ToolFailure) in
        var result = frame
        for (name, expression) in columns {
          do throws(FinstageCore.Expression.Mismatch) {
            let column = Frame.Column(name, try expression.vector(result))
            var all = result.columns
            if let place = result.index(name) { all[place] = column } else { all.append(column) }
            result = Frame(all, rows: frame.rows)
          } catch {
            throw ToolFailure(error)
          }
        }
        return result
      })
  }
}
