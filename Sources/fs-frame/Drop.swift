import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageSystem

/// `fs-frame drop`: all columns except some.
struct Drop: Tool {
  static let configuration = CommandConfiguration(commandName: "drop", abstract: "Write all columns except some.")

  @Argument(help: ArgumentHelp("The columns to leave out.", valueName: "a,b")) var unwanted: String
  @OptionGroup(title: "Input") var input: FrameInputOptions
  @OptionGroup(title: "Output") var output: FrameOutputOptions
  @Argument(help: "Files to read; - is standard input, the default.", completion: .file()) var files: [String] = []

  mutating func execute() throws -> ExitStatus {
    let unwanted = names(unwanted)
    return try FrameRun("drop", input, output, naming: unwanted).run(
      files,
      EachFrame { frame in
        for name in unwanted { _ = try FrameRun.place(name, in: frame) }
        return frame.selecting(frame.columns.indices.filter { !unwanted.contains(frame.columns[$0].name) })
      })
  }
}
