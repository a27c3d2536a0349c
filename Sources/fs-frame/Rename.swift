import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageSystem

/// `fs-frame rename`: renames columns.
struct Rename: Tool {
  static let configuration = CommandConfiguration(commandName: "rename", abstract: "Rename columns.")

  @Argument(help: ArgumentHelp("Old and new names.", valueName: "old=new,...")) var changes: String
  @OptionGroup(title: "Input") var input: FrameInputOptions
  @OptionGroup(title: "Output") var output: FrameOutputOptions
  @Argument(help: "Files to read; - is standard input, the default.", completion: .file()) var files: [String] = []

  mutating func execute() throws -> ExitStatus {
    let changes = try pairs(changes, "old=new")
    return try FrameRun("rename", input, output, naming: changes.map(\.0)).run(
      files,
      EachFrame { frame in
        var columns = frame.columns
        for (old, new) in changes { columns[try FrameRun.place(old, in: frame)].name = new }
        for (i, column) in columns.enumerated() where columns[..<i].contains(where: { $0.name == column.name }) {
          throw ToolFailure(.usage, "two columns would be called \"\(column.name)\"")
        }
        return Frame(columns, rows: frame.rows)
      })
  }
}
