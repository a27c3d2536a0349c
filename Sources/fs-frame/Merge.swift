import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageSystem

/// `fs-frame merge`: sorted files as one sorted file.
struct Merge: Tool {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract:
      "Merge files sorted by the same columns into one sorted file; memory use does not grow with their length.")

  @Option(help: ArgumentHelp("The columns that the files are sorted by.", valueName: "a,-b")) var by = "ts"
  @OptionGroup(title: "Input") var input: FrameInputOptions
  @OptionGroup(title: "Output") var output: FrameOutputOptions
  @Argument(help: "The files; - is standard input.", completion: .file()) var files: [String] = []

  /// Reads its own inputs, through cursors; the input of the run itself is empty.
  private final class Stage: FrameStage {
    let cursors: [RowCursor]
    init(_ cursors: [RowCursor]) { self.cursors = cursors }
    func take(_ frame: Frame, _ emit: (Frame) throws -> Void) throws {}
    func finish(_ emit: (Frame) throws -> Void) throws {
      let isEmpty = cursors.allSatisfy(\.isAtEnd)
      if isEmpty, let first = cursors.first { try emit(first.frame) }
      try SortedMerge.run(cursors, emit)
    }
  }

  mutating func execute() throws -> ExitStatus {
    guard !files.isEmpty else { throw ToolFailure(.usage, "merge needs at least one file") }
    let keys = sortKeys(by)
    let options = input.formatOptions
    var cursors: [RowCursor] = []
    for (i, path) in files.enumerated() {
      let reader = try RecordInput.open(path, as: input.inputFormat?.format).frames(options)
      let cursor = try RowCursor(i, keys) {
        let next = try reader.next()
        guard let frame = next else { return nil }
        // An empty stream lacks nothing.
        if frame.columns.isEmpty { return frame }
        for key in keys { _ = try FrameRun.place(key.column, in: frame) }
        let order = FrameOrder.rows(frame, by: keys)
        guard order.elementsEqual(0..<frame.rows) else {
          throw ToolFailure(
            .badData, "\(path) is not sorted by \(keys.map(\.column).joined(separator: ",")) (sort it first)")
        }
        return frame
      }
      cursors.append(cursor)
    }
    return try FrameRun("merge", input, output).run(["/dev/null"], Stage(cursors))
  }
}
