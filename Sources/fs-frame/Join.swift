import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageSystem

/// `fs-frame join`: the columns of two files side by side.
struct Join: Tool {
  static let configuration = CommandConfiguration(
    commandName: "join",
    abstract: "Put the columns of a second file beside those of the first, by symbol and time.",
    discussion: """
      Writes the rows of the first file, in their order. Columns of the second file are null in rows without a match. \
      With --asof, the match is the last row of the second file that has the same symbol and is not later. If both \
      files have a column that is not a key, the one of the second file gets the suffix _2. The second file is kept in \
      memory.
      """)

  @Argument(help: "The first file; - is standard input.", completion: .file()) var left: String
  @Argument(help: "The second file.", completion: .file()) var right: String
  @Option(help: ArgumentHelp("The columns that must be the same (default: symbol,ts).", valueName: "a,b")) var on:
    String?
  @Flag(help: "Match the last row that is not later, instead of the row with the same time.") var asof = false
  @Option(help: ArgumentHelp("With --asof: match no row older than this.", valueName: "span")) var tolerance: TimeSpan?
  @Flag(help: "Leave out rows without a match in the second file.") var inner = false
  @OptionGroup(title: "Input") var input: FrameInputOptions
  @OptionGroup(title: "Output") var output: FrameOutputOptions

  private final class Stage: FrameStage {
    private let right: Frame
    /// Whether the user has named the keys: then both files must have them.
    private let mustHaveKeys: Bool
    private let on: [String]
    private let isInner: Bool
    private let isAsof: Bool
    private let tolerance: Int64?
    private var keys: GroupKeys
    /// The rows of the right frame by group; sorted by time for asof.
    private var rows: [Int: [Int]] = [:]
    private let rightTimes: [Int64]
    private let nullRow: Int
    private let padded: Frame

    init(
      _ right: Frame, _ on: [String], mustHaveKeys: Bool, isInner: Bool, isAsof: Bool, _ tolerance: TimeSpan?
    ) throws {
      self.right = right
      self.mustHaveKeys = mustHaveKeys
      self.isInner = isInner
      self.isAsof = isAsof
      self.tolerance = tolerance.map { Int64(min($0.seconds, 9e9) * 1e9) }
      let equal = isAsof ? on.filter { $0 != "ts" } : on
      // A key that neither file has does not tell rows apart.
      self.on = equal
      keys = GroupKeys(equal)
      if isAsof {
        guard let times = right["ts"]?.nanoseconds() else {
          throw ToolFailure(.badData, "the second file has no times in \"ts\"")
        }
        rightTimes = times
      } else {
        rightTimes = []
      }
      for (row, group) in keys.numbers(right).enumerated() { rows[group, default: []].append(row) }
      if isAsof {
        let times = rightTimes
        for (group, list) in rows { rows[group] = list.sorted { (times[$0], $0) < (times[$1], $1) } }
      }
      // A row of nulls after the others, for rows without a match.
      nullRow = right.rows
      padded = right.appending(
        Frame(right.columns.map { Frame.Column($0.name, Vector.nulls($0.vector.type, count: 1)) }, rows: 1))
    }

    func take(_ frame: Frame, _ emit: (Frame) throws -> Void) throws {
      try checkKeys(frame)
      var (leftRows, rightRows): ([Int], [Int]) = ([], [])
      let times = isAsof ? frame["ts"]?.nanoseconds() : nil
      if isAsof && times == nil { throw ToolFailure(.badData, "the first file has no times in \"ts\"") }
      for (row, group) in keys.numbers(frame).enumerated() {
        let known = rows[group] ?? []
        if isAsof {
          let match = last(known, times![row])
          if match == nil && isInner { continue }
          leftRows.append(row)
          rightRows.append(match ?? nullRow)
        } else if known.isEmpty {
          if isInner { continue }
          leftRows.append(row)
          rightRows.append(nullRow)
        } else {
          for match in known {
            leftRows.append(row)
            rightRows.append(match)
          }
        }
      }
      let first = leftRows.elementsEqual(0..<frame.rows) ? frame : frame.taking(leftRows)
      let second = padded.taking(rightRows)
      var columns = first.columns
      for column in second.columns where !on.contains(column.name) {
        if isAsof && column.name == "ts" {
          columns.append(Frame.Column("ts_2", column.vector))
        } else {
          columns.append(
            Frame.Column(frame.index(column.name) == nil ? column.name : column.name + "_2", column.vector))
        }
      }
      try emit(Frame(columns, rows: leftRows.count))
    }

    private func checkKeys(_ left: Frame) throws {
      // An empty file has no columns and lacks none.
      let isEmpty = right.columns.isEmpty
      for key in on {
        guard let (mine, theirs) = left[key].flatMap({ mine in right[key].map { (mine, $0) } }) else {
          if !isEmpty, mustHaveKeys || (left.index(key) == nil) != (right.index(key) == nil) {
            let names = Array(Set(left.names).intersection(right.names)).sorted().joined(separator: ", ")
            throw ToolFailure(
              .badData, "not both of the files have a column \"\(key)\" (both have: \(names); choose with --on)")
          }
          continue
        }
        func kind(_ vector: Vector) -> String? {
          switch vector.type {
          case .null: nil
          case .string, .json: "a text"
          case .bool: "true or false"
          case .date, .timestamp: "a time"
          case .time: "a time of day"
          default: "a number"
          }
        }
        if let a = kind(mine), let b = kind(theirs), a != b {
          throw ToolFailure(
            .badData,
            "the key \"\(key)\" is \(a) in the first file and \(b) in the second (fs-frame cast makes them alike)")
        }
      }
      if !isEmpty, !isAsof, !on.contains(where: { left.index($0) != nil }) {
        throw ToolFailure(
          .badData, "the files have none of the columns \(on.joined(separator: ", ")) (name keys with --on)")
      }
    }

    /// The last row that is not later than a time; the rows are in order of time.
    private func last(_ rows: [Int], _ time: Int64) -> Int? {
      var (low, high) = (0, rows.count)
      while low < high {
        let middle = (low + high) / 2
        if rightTimes[rows[middle]] <= time { low = middle + 1 } else { high = middle }
      }
      guard low > 0 else { return nil }
      let match = rows[low - 1]
      let (age, overflow) = time.subtractingReportingOverflow(rightTimes[match])
      if let tolerance, overflow || age > tolerance { return nil }
      return match
    }
  }

  mutating func validate() throws {
    if tolerance != nil && !asof { throw ValidationError("--tolerance needs --asof") }
  }

  mutating func execute() throws -> ExitStatus {
    var run = FrameRun("join", input, output)
    var frames: [Frame] = []
    var statistics = RunStatistics(tool: "fs-frame")
    try run.read([right], &statistics) { frame in
      frames.append(frame)
      return true
    }
    run.columns = nil
    return try run.run(
      [left],
      Stage(
        Frame.joined(frames), names(on ?? "symbol,ts"), mustHaveKeys: on != nil, isInner: inner, isAsof: asof, tolerance
      ))
  }
}
