import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageSystem

/// `fs-frame fill`: fills in missing values.
struct Fill: Tool {
  static let configuration = CommandConfiguration(
    commandName: "fill", abstract: "Fill in missing values: with the last value of the same symbol, or with a number.")

  @Option(name: .customLong("with"), help: ArgumentHelp("A number instead of the last value.", valueName: "number"))
  var value: Number?
  @Option(help: ArgumentHelp("Fill these columns (default: all numeric columns).", valueName: "a,b")) var only: String?
  @Option(help: "Carry values over only between rows with the same value in this column.") var by = "symbol"
  @OptionGroup(title: "Input") var input: FrameInputOptions
  @OptionGroup(title: "Output") var output: FrameOutputOptions
  @Argument(help: "Files to read; - is standard input, the default.", completion: .file()) var files: [String] = []

  /// A number as it was typed.
  struct Number: ExpressibleByArgument {
    let value: Double
    /// Exactly, if it is whole.
    let whole: Int64?

    init?(argument: String) {
      guard let value = Double(argument), value.isFinite else { return nil }
      self.value = value
      whole = Int64(argument) ?? Int64(exactly: value)
    }
  }

  private final class Stage: FrameStage {
    private let value: Number?
    private let only: [String]?
    private let by: String
    private var keys: GroupKeys
    /// The last values of each column.
    private var last: [String: LastValues] = [:]

    init(_ value: Number?, _ only: [String]?, _ by: String) {
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

    private func filled(_ vector: Vector, _ number: Number, _ name: String) throws -> Vector {
      if case .int = vector.type, let whole = number.whole {
        var values = vector.integers()
        for row in values.indices where vector.isNull(row) { values[row] = whole }
        return Vector(.int(bits: 64), .int64(values))
      }
      let value = number.value
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
      if let type, type != vector.type, !change(to: vector.type) {
        // Neither type holds the values of the other.
        if type.isNumber, vector.type.isNumber, let wide = vector.cast(to: .float64), change(to: .float64) {
          return filling(wide, groups)
        }
        isKnown = isKnown.map { _ in false }
      }
      type = vector.type
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

    /// Converts the last values; false if one of them cannot be.
    private mutating func change(to next: DataType) -> Bool {
      guard let type else { return true }
      if type.isText || next.isText { return type.isText && next.isText }
      var known = Validity(repeating: true, count: values.count)
      for group in values.indices where !isKnown[group] { known[group] = false }
      let storage: Vector.Storage =
        type.isFloat
        ? .float64(values.map { Double(bitPattern: UInt64(bitPattern: $0)) }) : .int64(values)
      let own = Vector(type == .float32 ? .float64 : type, storage, validity: known)
      guard let moved = next == .float32 && type.isFloat ? own : own.cast(to: next) else { return false }
      values = next.isFloat ? moved.doubles().map { Int64(bitPattern: $0.bitPattern) } : moved.integers()
      self.type = next
      return true
    }
  }

  mutating func execute() throws -> ExitStatus {
    try FrameRun("fill", input, output, naming: only.map(names) ?? []).run(files, Stage(value, only.map(names), by))
  }
}
