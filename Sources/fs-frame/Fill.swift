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
    /// The last values of each column.
    private var last: [String: LastValues] = [:]

    init(_ value: Double?, _ only: [String]?, _ by: String) {
      self.value = value
      self.only = only
      self.by = by
      keys = GroupKeys([by])
    }

    func take(_ frame: Frame, _ emit: (Frame) throws -> Void) throws {
      for name in (only ?? []) + (by == "symbol" ? [] : [by]) { _ = try FrameRun.place(name, in: frame) }
      var columns = frame.columns
      let groups = value == nil ? keys.numbers(frame) : []
      for i in columns.indices {
        let vector = columns[i].vector
        guard only?.contains(columns[i].name) ?? vector.type.isNumber else { continue }
        if let value {
          if vector.nullCount > 0 { columns[i].vector = try filled(vector, value, columns[i].name) }
        } else {
          columns[i].vector = last[columns[i].name, default: LastValues()].filling(vector, groups)
        }
      }
      try emit(Frame(columns, rows: frame.rows))
    }

    private func filled(_ vector: Vector, _ value: Double, _ name: String) throws -> Vector {
      let isWhole = !vector.type.isFloat && Int64(exactly: value) != nil
      if isWhole, case .int = vector.type {
        var values = vector.integers()
        for row in values.indices where vector.isNull(row) { values[row] = Int64(value) }
        return Vector(.int(bits: 64), .int64(values))
      }
      guard let numbers = vector.cast(to: .float64) else {
        throw ToolFailure(
          .badData,
          "column \"\(name)\" has whole numbers beyond 2^53, which \(NumberText.string(value)) beside them would round"
            + " (--with takes a whole number, --only names other columns)")
      }
      return Vector(.float64, .float64(numbers.doubles().enumerated().map { vector.isNull($0) ? value : $1 }))
    }
  }

  /// The last value of a column in each group. Only the groups of the rows of a frame are touched.
  private struct LastValues {
    private var type: DataType?
    /// By group: a double's bits, an integer, or the number of a text.
    private var values: [Int64] = []
    private var isKnown: [Bool] = []
    private var texts = TextPool()

    /// A column whose nulls have the last value of their group.
    mutating func filling(_ vector: Vector, _ groups: [Int]) -> Vector {
      if vector.type == .null {
        return type == nil ? vector : filling(Vector.nulls(type!, count: vector.count), groups)
      }
      if type != vector.type { change(to: vector.type) }
      var cells: [Int64]
      if vector.type.isFloat {
        cells = vector.doubles().map { Int64(bitPattern: $0.bitPattern) }
      } else if vector.type.isText {
        let map = (0..<(vector.texts?.count ?? 0)).map { code in
          Int64(vector.texts!.withBytes(code) { texts.intern($0) })
        }
        cells = vector.integers().enumerated().map { vector.isNull($0) ? 0 : map[Int($1)] }
      } else {
        cells = vector.integers()
      }
      var validity: Validity?
      for row in cells.indices {
        let group = groups[row]
        while values.count <= group {
          values.append(0)
          isKnown.append(false)
        }
        if !vector.isNull(row) {
          values[group] = cells[row]
          isKnown[group] = true
        } else if isKnown[group] {
          cells[row] = values[group]
        } else {
          if validity == nil { validity = Validity(repeating: true, count: cells.count) }
          validity![row] = false
        }
      }
      if vector.nullCount == 0 { return vector }
      switch vector.type {
      case .float32:
        return Vector(
          .float32, .float32(cells.map { Float(Double(bitPattern: UInt64(bitPattern: $0))) }), validity: validity)
      case .float64:
        return Vector(.float64, .float64(cells.map { Double(bitPattern: UInt64(bitPattern: $0)) }), validity: validity)
      default:
        return Vector(vector.type, .int64(cells), validity: validity, texts: vector.type.isText ? texts : nil)
      }
    }

    /// Integers may become decimals later; what cannot be converted is forgotten.
    private mutating func change(to next: DataType) {
      switch (type, next) {
      case (.int?, .float64), (.uint?, .float64): values = values.map { Int64(bitPattern: Double($0).bitPattern) }
      case (.float32?, .float64), (.float64?, .float32), (.string?, .json), (.json?, .string), (.int?, .int): break
      default: isKnown = isKnown.map { _ in false }
      }
      type = next
    }
  }

  mutating func execute() throws -> ExitStatus {
    try FrameRun("fill", input, output, naming: only.map(names) ?? []).run(files, Stage(value, only.map(names), by))
  }
}
