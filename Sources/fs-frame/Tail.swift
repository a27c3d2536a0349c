import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageSystem

/// `fs-frame tail`: the last rows of the input or of each group.
struct Tail: Tool {
  static let configuration = CommandConfiguration(commandName: "tail", abstract: "Write the last rows.")

  @OptionGroup var count: RowCountOptions
  @OptionGroup(title: "Input") var input: FrameInputOptions
  @OptionGroup(title: "Output") var output: FrameOutputOptions
  @Argument(help: "Files to read; - is standard input, the default.", completion: .file()) var files: [String] = []

  private final class Stage: FrameStage {
    private let rows: Int
    private let by: [String]
    private var kept = Frame([])

    init(_ rows: Int, _ by: [String]) {
      self.rows = rows
      self.by = by
    }

    func take(_ frame: Frame, _ emit: (Frame) throws -> Void) throws {
      kept = last(kept.appending(last(frame)))
    }

    /// The last rows of each group, in their order.
    private func last(_ frame: Frame) -> Frame {
      if by.isEmpty { return frame.slice(max(0, frame.rows - rows)..<frame.rows) }
      var keys = GroupKeys(by)
      let groups = keys.numbers(frame)
      var counts = [Int](repeating: 0, count: keys.count)
      var taken: [Int] = []
      for row in groups.indices.reversed() where counts[groups[row]] < rows {
        counts[groups[row]] += 1
        taken.append(row)
      }
      return frame.taking(taken.reversed())
    }

    func finish(_ emit: (Frame) throws -> Void) throws { try emit(kept) }
  }

  mutating func execute() throws -> ExitStatus {
    try FrameRun("tail", input, output).run(files, Stage(count.rows, count.columns))
  }
}
