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
      Rows match that have the same keys; nulls are the same as each other. With --asof, the match is the last row of the second file that has the same symbol and is not later. If both \
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
    /// The rows of the right frame, group after group; in order of time within a group for asof.
    private var rows: [Int] = []
    /// Where the rows of each group begin; and one entry more for where the last one ends.
    private var starts: [Int] = []
    /// For each group where the last match was found: times of the left file mostly ascend.
    private var hints: [Int] = []
    private let rightTimes: [Int64]
    /// The columns of the right frame that are no keys.
    private let others: Frame

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
        guard let times = right.columns.isEmpty ? [] : right["ts"]?.nanoseconds() else {
          throw ToolFailure(.badData, "the second file has no times in \"ts\"")
        }
        rightTimes = times
      } else {
        rightTimes = []
      }
      let groups = keys.numbers(right)
      var order = Array(0..<right.rows)
      if isAsof {
        order = FrameOrder.rows(right, by: [FrameOrder.Key("ts")])
        if let ts = right["ts"], ts.nullCount > 0 { order.removeAll { ts.isNull($0) } }
      }
      starts = [Int](repeating: 0, count: keys.count + 1)
      for row in order { starts[groups[row] + 1] += 1 }
      for group in 0..<keys.count { starts[group + 1] += starts[group] }
      hints = Array(starts.dropLast())
      var next = hints
      rows = [Int](repeating: 0, count: order.count)
      for row in order {
        rows[next[groups[row]]] = row
        next[groups[row]] += 1
      }
      others = right.selecting(right.names.indices.filter { !equal.contains(right.names[$0]) })
    }

    func take(_ frame: Frame, _ emit: (Frame) throws -> Void) throws {
      try checkKeys(frame)
      var (leftRows, rightRows): ([Int], [Int]) = ([], [])
      let times = isAsof ? frame["ts"]?.nanoseconds() : nil
      if isAsof && times == nil && !frame.columns.isEmpty {
        throw ToolFailure(.badData, "the first file has no times in \"ts\"")
      }
      leftRows.reserveCapacity(frame.rows)
      rightRows.reserveCapacity(frame.rows)
      let nulls = frame["ts"].flatMap { $0.nullCount > 0 ? $0 : nil }
      let (starts, rows, rightTimes) = (self.starts, self.rows, self.rightTimes)
      var hints: [Int] = []
      swap(&hints, &self.hints)
      defer { swap(&hints, &self.hints) }
      for (row, group) in keys.numbers(frame).enumerated() {
        // Groups that only the first file has are numbered after those of the second.
        let known = group < hints.count ? starts[group]..<starts[group + 1] : 0..<0
        if isAsof {
          let match =
            known.isEmpty || nulls?.isNull(row) == true
            ? nil : last(known, rows, rightTimes, &hints[group], times![row])
          if match == nil && isInner { continue }
          leftRows.append(row)
          rightRows.append(match ?? -1)
        } else if known.isEmpty {
          if isInner { continue }
          leftRows.append(row)
          rightRows.append(-1)
        } else {
          for place in known {
            leftRows.append(row)
            rightRows.append(rows[place])
          }
        }
      }
      let first = leftRows.elementsEqual(0..<frame.rows) ? frame : frame.taking(leftRows)
      let second = others.takingOrNull(rightRows)
      var columns = first.columns
      for column in second.columns {
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
    /// - Parameter hint: where the first later row was found for the row before.
    private func last(
      _ places: Range<Int>, _ rows: [Int], _ rightTimes: [Int64], _ hint: inout Int, _ time: Int64
    ) -> Int? {
      var (low, high) = (places.lowerBound, places.upperBound)
      // The first place that is later is mostly the same as for the row before, or the next one.
      if hint == low || rightTimes[rows[hint - 1]] <= time {
        low = hint
        if hint == high || rightTimes[rows[hint]] > time {
          high = hint
        } else if hint + 1 == high || rightTimes[rows[hint + 1]] > time {
          low = hint + 1
          high = low
        }
      }
      while low < high {
        let middle = (low + high) / 2
        if rightTimes[rows[middle]] <= time { low = middle + 1 } else { high = middle }
      }
      hint = low
      guard low > places.lowerBound else { return nil }
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
