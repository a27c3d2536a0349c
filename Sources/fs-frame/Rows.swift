import ArgumentParser
import FinstageCommand
import FinstageCore

/// The keys of groups of rows, numbered as they come.
struct GroupKeys {
  private let columns: [String]
  private var pools: [TextPool]
  private var groups: [[Int64]: Int] = [:]

  init(_ columns: [String]) {
    self.columns = columns
    pools = columns.map { _ in TextPool() }
  }

  var count: Int { groups.count }

  /// For each row the number of its group. Columns that are not there are the same for all rows.
  mutating func numbers(_ frame: Frame) -> [Int] {
    let keys = keys(frame)
    if keys.isEmpty { return [Int](repeating: number([]), count: frame.rows) }
    if keys.count == 1 {
      var known: [Int64: Int] = [:]
      return keys[0].map { key in
        if let group = known[key] { return group }
        let group = number([key])
        known[key] = group
        return group
      }
    }
    return (0..<frame.rows).map { row in number(keys.map { $0[row] }) }
  }

  private mutating func number(_ key: [Int64]) -> Int {
    if let known = groups[key] { return known }
    groups[key] = groups.count
    return groups.count - 1
  }

  /// The columns as integers that are equal for equal values, in all frames.
  private mutating func keys(_ frame: Frame) -> [[Int64]] {
    var keys: [[Int64]] = []
    for (i, name) in columns.enumerated() {
      guard let vector = frame[name] else { continue }
      var values: [Int64]
      if vector.type.isText, let texts = vector.texts {
        let map = (0..<texts.count).map { Int64(pools[i].intern(texts[$0])) }
        values = vector.integers().enumerated().map { vector.isNull($0.offset) ? -1 : map[Int($0.element)] }
      } else if let instants = vector.nanoseconds() {
        values = instants
      } else if vector.type.isFloat {
        values = vector.doubles().map { Int64(bitPattern: ($0 == 0 ? 0.0 : $0).bitPattern) }
      } else {
        values = vector.integers()
      }
      if vector.validity != nil { for row in values.indices where vector.isNull(row) { values[row] = .min } }
      keys.append(values)
    }
    return keys
  }
}

/// `fs-frame head`: the first rows, of all or of each group.
struct Head: Tool {
  static let configuration = CommandConfiguration(commandName: "head", abstract: "Write the first rows.")

  @Option(name: [.customShort("n"), .long], help: "How many.") var rows = 10
  @Option(help: ArgumentHelp("So many of each value of these columns.", valueName: "a,b")) var by: String?
  @OptionGroup(title: "Input") var input: FrameInputOptions
  @OptionGroup(title: "Output") var output: FrameOutputOptions
  @Argument(help: "Files to read; - is standard input, the default.", completion: .file()) var files: [String] = []

  mutating func validate() throws {
    guard rows >= 0 else { throw ValidationError("-n must not be negative") }
  }

  private final class Stage: FrameStage {
    private let rows: Int
    private var keys: GroupKeys
    private let isGrouped: Bool
    private var counts: [Int] = []
    private var isFirst = true

    init(_ rows: Int, _ by: [String]) {
      self.rows = rows
      keys = GroupKeys(by)
      isGrouped = !by.isEmpty
    }

    var isDone: Bool { !isGrouped && !isFirst && (counts.first ?? 0) >= rows }

    func take(_ frame: Frame, _ emit: (Frame) throws(ToolFailure) -> Void) throws(ToolFailure) {
      isFirst = false
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

  mutating func execute() throws(ToolFailure) -> ExitStatus {
    try FrameRun("head", input, output).run(files, Stage(rows, by.map(names) ?? []))
  }
}

/// `fs-frame tail`: the last rows, of all or of each group.
struct Tail: Tool {
  static let configuration = CommandConfiguration(commandName: "tail", abstract: "Write the last rows.")

  @Option(name: [.customShort("n"), .long], help: "How many.") var rows = 10
  @Option(help: ArgumentHelp("So many of each value of these columns.", valueName: "a,b")) var by: String?
  @OptionGroup(title: "Input") var input: FrameInputOptions
  @OptionGroup(title: "Output") var output: FrameOutputOptions
  @Argument(help: "Files to read; - is standard input, the default.", completion: .file()) var files: [String] = []

  mutating func validate() throws {
    guard rows >= 0 else { throw ValidationError("-n must not be negative") }
  }

  private final class Stage: FrameStage {
    private let rows: Int
    private let by: [String]
    private var kept = Frame([])

    init(_ rows: Int, _ by: [String]) {
      self.rows = rows
      self.by = by
    }

    func take(_ frame: Frame, _ emit: (Frame) throws(ToolFailure) -> Void) throws(ToolFailure) {
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

    func finish(_ emit: (Frame) throws(ToolFailure) -> Void) throws(ToolFailure) { try emit(kept) }
  }

  mutating func execute() throws(ToolFailure) -> ExitStatus {
    try FrameRun("tail", input, output).run(files, Stage(rows, by.map(names) ?? []))
  }
}

/// `fs-frame sample`: some rows by chance, the same for the same seed.
struct Sample: Tool {
  static let configuration = CommandConfiguration(
    commandName: "sample", abstract: "Write some rows by chance, in their order.")

  @Option(name: [.customShort("n"), .long], help: "How many rows.") var rows: Int?
  @Option(help: "The share of rows, 0 to 1.") var fraction: Double?
  @Option(help: "The same seed gives the same rows.") var seed: UInt64 = 1
  @OptionGroup(title: "Input") var input: FrameInputOptions
  @OptionGroup(title: "Output") var output: FrameOutputOptions
  @Argument(help: "Files to read; - is standard input, the default.", completion: .file()) var files: [String] = []

  mutating func validate() throws {
    guard (rows == nil) != (fraction == nil) else { throw ValidationError("say -n or --fraction") }
    guard rows ?? 0 >= 0, (0...1).contains(fraction ?? 0) else {
      throw ValidationError("-n must not be negative, and --fraction is 0 to 1")
    }
  }

  /// SplitMix64 (S. Vigna).
  private struct Random: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
      return z ^ z >> 31
    }
  }

  private final class Stage: FrameStage {
    private let rows: Int?
    private let fraction: Double
    private var random: Random
    private var seen = 0
    /// With each kept row a draw: the rows with the smallest ones stay.
    private var kept = Frame([])
    private var draws: [UInt64] = []

    init(_ rows: Int?, _ fraction: Double, _ seed: UInt64) {
      self.rows = rows
      self.fraction = fraction
      random = Random(state: seed)
    }

    func take(_ frame: Frame, _ emit: (Frame) throws(ToolFailure) -> Void) throws(ToolFailure) {
      guard let rows else {
        let limit = fraction >= 1 ? UInt64.max : UInt64(fraction * 0x1p64)
        return try emit(frame.taking((0..<frame.rows).filter { _ in random.next() <= limit && fraction > 0 }))
      }
      let joined = kept.appending(frame)
      draws += (0..<frame.rows).map { _ in random.next() }
      guard draws.count > rows else {
        kept = joined
        return
      }
      let bound = rows == 0 ? 0 : draws.sorted()[rows - 1]
      let taken = draws.indices.filter { rows > 0 && draws[$0] <= bound }
      kept = joined.taking(taken)
      draws = taken.map { draws[$0] }
    }

    func finish(_ emit: (Frame) throws(ToolFailure) -> Void) throws(ToolFailure) {
      if rows != nil { try emit(kept) }
    }
  }

  mutating func execute() throws(ToolFailure) -> ExitStatus {
    try FrameRun("sample", input, output).run(files, Stage(rows, fraction ?? 0, seed))
  }
}
