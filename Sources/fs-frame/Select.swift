import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageSystem

/// `fs-frame select`: some columns, in the order given.
struct Select: Tool {
  static let configuration = CommandConfiguration(
    commandName: "select", abstract: "Write some columns, in the order given.")

  @Argument(help: ArgumentHelp("The columns.", valueName: "a,b")) var wanted: String
  @OptionGroup(title: "Input") var input: FrameInputOptions
  @OptionGroup(title: "Output") var output: FrameOutputOptions
  @Argument(help: "Files to read; - is standard input, the default.", completion: .file()) var files: [String] = []

  mutating func execute() throws -> ExitStatus {
    let wanted = names(wanted)
    if let twice = wanted.indices.first(where: { wanted[..<$0].contains(wanted[$0]) }) {
      throw ToolFailure(.usage, "two columns would be called \"\(wanted[twice])\"")
    }
    var run = FrameRun("select", input, output)
    run.columns = wanted
    run.required = wanted
    return try run.run(
      files,
      EachFrame { frame in
        var places: [Int] = []
        for name in wanted {
          // Other columns have not been read, and so cannot be listed.
          guard let place = frame.index(name) else {
            throw ToolFailure(.badData, "there is no column \"\(name)\" (fs-frame info lists all)")
          }
          places.append(place)
        }
        return frame.selecting(places)
      })
  }
}
