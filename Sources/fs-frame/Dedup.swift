import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageSystem

/// `fs-frame dedup`: of rows with the same keys one.
struct Dedup: Tool {
  static let configuration = CommandConfiguration(
    commandName: "dedup", abstract: "Of rows with the same symbol and time write one.")

  @Option(help: ArgumentHelp("The columns that must be the same; 'all' for whole rows.", valueName: "a,b"))
  var by = "symbol,interval,ts"
  @Flag(help: "The last of them instead of the first; all rows are kept in memory then.") var last = false
  @OptionGroup(title: "Input") var input: FrameInputOptions
  @OptionGroup(title: "Output") var output: FrameOutputOptions
  @Argument(help: "Files to read; - is standard input, the default.", completion: .file()) var files: [String] = []

  private final class Stage: FrameStage {
    private var keys: GroupKeys?
    private let by: [String]
    private let keepsLast: Bool
    private var seen = 0
    private var frames: [Frame] = []
    /// For keepsLast: of each group, its last row counted over all frames.
    private var rows: [Int] = []
    private var total = 0

    init(_ by: [String], keepsLast: Bool) {
      self.by = by
      self.keepsLast = keepsLast
    }

    func take(_ frame: Frame, _ emit: (Frame) throws -> Void) throws {
      let wanted = by == ["all"] ? frame.names : by
      guard wanted.contains(where: { frame.index($0) != nil }) else {
        throw ToolFailure(.badData, "there are no columns \(by.joined(separator: ", ")) (--by names others)")
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
        // Groups are numbered as they come: a new one is the next.
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
    try FrameRun("dedup", input, output).run(files, Stage(names(by), keepsLast: last))
  }
}
