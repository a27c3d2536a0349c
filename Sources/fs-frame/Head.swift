import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageSystem

/// `fs-frame head`: the first rows of the input or of each group.
struct Head: Tool {
  static let configuration = CommandConfiguration(commandName: "head", abstract: "Write the first rows.")

  @OptionGroup var count: RowCountOptions
  @OptionGroup(title: "Input") var input: FrameInputOptions
  @OptionGroup(title: "Output") var output: FrameOutputOptions
  @Argument(help: "Files to read; - is standard input, the default.", completion: .file()) var files: [String] = []

  private final class Stage: FrameStage {
    private let rows: Int
    private var keys: GroupKeys
    private let by: [String]
    private let isGrouped: Bool
    private var counts: [Int] = []
    private var isFirst = true

    init(_ rows: Int, _ by: [String]) {
      self.rows = rows
      keys = GroupKeys(by)
      self.by = by
      isGrouped = !by.isEmpty
    }

    var isDone: Bool { !isGrouped && !isFirst && (counts.first ?? 0) >= rows }

    func take(_ frame: Frame, _ emit: (Frame) throws -> Void) throws {
      isFirst = false
      for name in by { _ = try FrameRun.place(name, in: frame) }
      if !isGrouped {
        let count = min(frame.rows, rows - (counts.first ?? 0))
        counts = [(counts.first ?? 0) + count]
        return try emit(frame.slice(0..<count))
      }
      var taken: [Int] = []
      for (row, group) in keys.numbers(frame).enumerated() {
        while counts.count <= group { counts.append(0) }
        if counts[group] < rows {
          counts[group] += 1
          taken.append(row)
        }
      }
      try emit(frame.taking(taken))
    }
  }

  mutating func execute() throws -> ExitStatus {
    try FrameRun("head", input, output).run(files, Stage(count.rows, count.columns))
  }
}
