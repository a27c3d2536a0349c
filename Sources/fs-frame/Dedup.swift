import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageSystem

/// `fs-frame dedup`: one of the rows with the same keys.
struct Dedup: Tool {
  static let configuration = CommandConfiguration(
    commandName: "dedup", abstract: "Write only one of the rows with the same symbol and time.")

  @Option(help: ArgumentHelp("The columns that must be the same; 'all' for whole rows.", valueName: "a,b"))
  var by = "symbol,interval,ts"
  @Flag(help: "Write the last of them instead of the first; this keeps all rows in memory.") var last = false
  @OptionGroup(title: "Input") var input: FrameInputOptions
  @OptionGroup(title: "Output") var output: FrameOutputOptions
  @Argument(help: "Files to read; - is standard input, the default.", completion: .file()) var files: [String] = []

  private final class Stage: FrameStage {
    private var keys: GroupKeys?
    private let by: [String]
    private let keepsLast: Bool
    private var seen = 0
    private var frames: [Frame] = []
    /// With `keepsLast`: the last row of each group, counted over all frames.
    private var rows: [Int] = []
    private var total = 0

    init(_ by: [String], keepsLast: Bool) {
      self.by = by
      self.keepsLast = keepsLast
    }

    func take(_ frame: Frame, _ emit: (Frame) throws -> Void) throws {
      let wanted = by == ["all"] ? frame.names : by
      if by != ["all"] && by != names("symbol,interval,ts") {
        for name in by { _ = try FrameRun.place(name, in: frame) }
      }
      guard wanted.contains(where: { frame.index($0) != nil }) else {
        throw ToolFailure(.badData, "there are no columns \(by.joined(separator: ", ")) (choose others with --by)")
      }
      if keys == nil { keys = GroupKeys(wanted) }
      let groups = keys!.numbers(frame)
      if keepsLast {
        for (row, group) in groups.enumerated() {
          if group < rows.count { rows[group] = total + row } else { rows.append(total + row) }
        }
        total += frame.rows
        frames.append(frame)
        return
      }
      var taken: [Int] = []
      for (row, group) in groups.enumerated() where group >= seen {
        // Groups are numbered in order of appearance, so the next new group has the number `seen`.
        if group == seen {
          seen += 1
          taken.append(row)
        }
      }
      try emit(taken.count == frame.rows ? frame : frame.taking(taken))
    }

    func finish(_ emit: (Frame) throws -> Void) throws {
      if keepsLast { try emit(Frame.joined(frames).taking(rows.sorted())) }
    }
  }

  mutating func execute() throws -> ExitStatus {
    try FrameRun("dedup", input, output, naming: names(by)).run(files, Stage(names(by), keepsLast: last))
  }
}
