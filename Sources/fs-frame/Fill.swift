import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageSystem

/// `fs-frame fill`: fills in missing values.
struct Fill: Tool {
  static let configuration = CommandConfiguration(
    commandName: "fill", abstract: "Fill in missing values: with the last value of the same symbol, or with a number.")

  @Option(name: .customLong("with"), help: ArgumentHelp("A number instead of the last value.", valueName: "number"))
  var value: Double?
  @Option(help: ArgumentHelp("Fill these columns (default: all numeric columns).", valueName: "a,b")) var only: String?
  @Option(help: "Carry values over only between rows with the same value in this column.") var by = "symbol"
  @OptionGroup(title: "Input") var input: FrameInputOptions
  @OptionGroup(title: "Output") var output: FrameOutputOptions
  @Argument(help: "Files to read; - is standard input, the default.", completion: .file()) var files: [String] = []

  private final class Stage: FrameStage {
    private let value: Double?
    private let only: [String]?
    private let by: String
    private var keys: GroupKeys
    /// The last value of each column in each group, as a vector of one value.
    private var last: [String: [Int: Vector]] = [:]

    init(_ value: Double?, _ only: [String]?, _ by: String) {
      self.value = value
      self.only = only
      self.by = by
      keys = GroupKeys([by])
    }

    func take(_ frame: Frame, _ emit: (Frame) throws -> Void) throws {
      for name in only ?? [] { _ = try FrameRun.place(name, in: frame) }
      var columns = frame.columns
      let groups = value == nil ? keys.numbers(frame) : []
      for i in columns.indices {
        let vector = columns[i].vector
        guard only?.contains(columns[i].name) ?? vector.type.isNumber else { continue }
        if let value {
          if vector.nullCount > 0 { columns[i].vector = filled(vector, value) }
        } else {
          columns[i].vector = carried(vector, columns[i].name, groups)
        }
      }
      try emit(Frame(columns, rows: frame.rows))
    }

    private func filled(_ vector: Vector, _ value: Double) -> Vector {
      let isWhole = !vector.type.isFloat && Int64(exactly: value) != nil
      if isWhole, case .int = vector.type {
        var values = vector.integers()
        for row in values.indices where vector.isNull(row) { values[row] = Int64(value) }
        return Vector(.int(bits: 64), .int64(values))
      }
      return Vector(.float64, .float64(vector.doubles().map { $0.isNaN ? value : $0 }))
    }

    private func carried(_ vector: Vector, _ name: String, _ groups: [Int]) -> Vector {
      var known = last[name] ?? [:]
      // The values carried over from earlier frames go first, so that rows can be taken from them.
      var all = Vector.empty(vector.type)
      var places: [Int: Int] = [:]
      for (group, value) in known {
        places[group] = all.count
        all.append(value)
      }
      let offset = all.count
      all.append(vector)
      if offset == 0 { all = vector }
      let rows = (0..<vector.count).map { row -> Int in
        if vector.isNull(row) { return places[groups[row]] ?? offset + row }
        places[groups[row]] = offset + row
        return offset + row
      }
      for (group, place) in places { known[group] = all.slice(place..<place + 1) }
      last[name] = known
      return vector.nullCount == 0 ? vector : all.taking(rows)
    }
  }

  mutating func execute() throws -> ExitStatus {
    try FrameRun("fill", input, output, naming: only.map(names) ?? []).run(files, Stage(value, only.map(names), by))
  }
}
