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
    /// The last rows of each group, of all frames but the newest ones.
    private var kept = Frame([])
    /// Rows of the newest frames; they join the others when there are as many, so that each row is looked at a few times only.
    private var recent: [Frame] = []
    private var recentRows = 0

    init(_ rows: Int, _ by: [String]) {
      self.rows = rows
      self.by = by
    }

    func take(_ frame: Frame, _ emit: (Frame) throws -> Void) throws {
      for name in by { _ = try FrameRun.place(name, in: frame) }
      recent.append(last(frame))
      recentRows += recent.last?.rows ?? 0
      if recentRows > max(kept.rows, 65_536) { settle() }
    }

    private func settle() {
      kept = last(Frame.joined([kept] + recent))
      recent = []
      recentRows = 0
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

    func finish(_ emit: (Frame) throws -> Void) throws {
      settle()
      try emit(kept)
    }
  }

  mutating func execute() throws -> ExitStatus {
    try FrameRun("tail", input, output).run(files, Stage(count.rows, count.columns))
  }
}
