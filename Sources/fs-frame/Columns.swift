import ArgumentParser
import FinstageCommand
import FinstageCore

/// `fs-frame select`: some columns, in the order given.
struct Select: Tool {
  static let configuration = CommandConfiguration(
    commandName: "select", abstract: "Write some columns, in the order given.")

  @Argument(help: ArgumentHelp("The columns.", valueName: "a,b")) var wanted: String
  @OptionGroup(title: "Input") var input: FrameInputOptions
  @OptionGroup(title: "Output") var output: FrameOutputOptions
  @Argument(help: "Files to read; - is standard input, the default.", completion: .file()) var files: [String] = []

  mutating func execute() throws(ToolFailure) -> ExitStatus {
    let wanted = names(wanted)
    var run = FrameRun("select", input, output)
    run.columns = wanted
    return try run.run(
      files,
      EachFrame { (frame) throws(ToolFailure) in
        var places: [Int] = []
        for name in wanted {
          // Other columns have not been read, and so cannot be listed.
          guard let place = frame.index(name) else {
            throw ToolFailure(.badData, "there is no column \"\(name)\" (fs-frame info lists all)")
          }
          places.append(place)
        }
        return frame.selecting(places)
      })
  }
}

/// `fs-frame drop`: all columns but some.
struct Drop: Tool {
  static let configuration = CommandConfiguration(commandName: "drop", abstract: "Write all columns but some.")

  @Argument(help: ArgumentHelp("The columns to leave out.", valueName: "a,b")) var unwanted: String
  @OptionGroup(title: "Input") var input: FrameInputOptions
  @OptionGroup(title: "Output") var output: FrameOutputOptions
  @Argument(help: "Files to read; - is standard input, the default.", completion: .file()) var files: [String] = []

  mutating func execute() throws(ToolFailure) -> ExitStatus {
    let unwanted = names(unwanted)
    return try FrameRun("drop", input, output).run(
      files,
      EachFrame { (frame) throws(ToolFailure) in
        for name in unwanted { _ = try FrameRun.place(name, in: frame) }
        return frame.selecting(frame.columns.indices.filter { !unwanted.contains(frame.columns[$0].name) })
      })
  }
}

/// Pairs of names on the command line: `a=b,c=d`.
func pairs(_ text: String, _ what: String) throws(ToolFailure) -> [(String, String)] {
  var result: [(String, String)] = []
  // Commas inside of brackets belong to types: decimal(9,2).
  var part = ""
  var depth = 0
  var parts: [String] = []
  for character in text {
    if character == "(" || character == "[" { depth += 1 }
    if character == ")" || character == "]" { depth -= 1 }
    if character == "," && depth == 0 {
      parts.append(part)
      part = ""
    } else {
      part.append(character)
    }
  }
  parts.append(part)
  for part in parts {
    let sides = part.split(separator: "=", maxSplits: 1).map(String.init)
    guard sides.count == 2 else { throw ToolFailure(.usage, "\"\(part)\": \(what) is expected") }
    result.append((sides[0], sides[1]))
  }
  return result
}

/// `fs-frame rename`: other names for columns.
struct Rename: Tool {
  static let configuration = CommandConfiguration(commandName: "rename", abstract: "Give columns other names.")

  @Argument(help: ArgumentHelp("Old and new names.", valueName: "old=new,...")) var changes: String
  @OptionGroup(title: "Input") var input: FrameInputOptions
  @OptionGroup(title: "Output") var output: FrameOutputOptions
  @Argument(help: "Files to read; - is standard input, the default.", completion: .file()) var files: [String] = []

  mutating func execute() throws(ToolFailure) -> ExitStatus {
    let changes = try pairs(changes, "old=new")
    return try FrameRun("rename", input, output).run(
      files,
      EachFrame { (frame) throws(ToolFailure) in
        var columns = frame.columns
        for (old, new) in changes { columns[try FrameRun.place(old, in: frame)].name = new }
        for (i, column) in columns.enumerated() where columns[..<i].contains(where: { $0.name == column.name }) {
          throw ToolFailure(.usage, "two columns would be called \"\(column.name)\"")
        }
        return Frame(columns, rows: frame.rows)
      })
  }
}

/// `fs-frame cast`: other types for columns.
struct Cast: Tool {
  static let configuration = CommandConfiguration(
    commandName: "cast",
    abstract: "Give columns other types; a value that would change is an error.",
    discussion:
      "Types: bool, int8 to int64, uint8 to uint64, float32, float64, decimal(2), date, timestamp[s|ms|us|ns], string, json."
  )

  @Argument(help: ArgumentHelp("Columns and types.", valueName: "column=type,...")) var changes: String
  @Flag(help: "Values that cannot be had in the type become null.") var force = false
  @OptionGroup(title: "Input") var input: FrameInputOptions
  @OptionGroup(title: "Output") var output: FrameOutputOptions
  @Argument(help: "Files to read; - is standard input, the default.", completion: .file()) var files: [String] = []

  static func type(_ name: String) -> DataType? {
    switch name {
    case "bool": return .bool
    case "float32", "float": return .float32
    case "float64", "double": return .float64
    case "date": return .date
    case "string", "text": return .string
    case "json": return .json
    case "timestamp": return .timestamp(.nanosecond, zone: "UTC")
    case "int", "integer": return .int(bits: 64)
    default: break
    }
    for bits in [8, 16, 32, 64] {
      if name == "int\(bits)" { return .int(bits: bits) }
      if name == "uint\(bits)" { return .uint(bits: bits) }
    }
    for unit in TimeUnit.allCases where name == "timestamp[\(unit.rawValue)]" { return .timestamp(unit, zone: "UTC") }
    if name.hasPrefix("decimal("), name.hasSuffix(")") {
      let numbers = name.dropFirst(8).dropLast().split(separator: ",").compactMap { Int($0.filter { $0 != " " }) }
      if let scale = numbers.last, (0...18).contains(scale) { return .decimal(scale: scale) }
    }
    return nil
  }

  mutating func execute() throws(ToolFailure) -> ExitStatus {
    var types: [(String, DataType)] = []
    for (column, name) in try pairs(changes, "column=type") {
      guard let type = Cast.type(name) else {
        throw ToolFailure(.usage, "\"\(name)\" is no type (see fs-frame cast --help)")
      }
      types.append((column, type))
    }
    let force = force
    return try FrameRun("cast", input, output).run(
      files,
      EachFrame { (frame) throws(ToolFailure) in
        var columns = frame.columns
        for (name, type) in types {
          let place = try FrameRun.place(name, in: frame)
          let vector = columns[place].vector
          if let cast = vector.cast(to: type) {
            columns[place].vector = cast
          } else if force {
            columns[place].vector = Cast.forced(vector, type)
          } else {
            let row = (0..<frame.rows).first { vector.slice($0..<$0 + 1).cast(to: type) == nil } ?? 0
            throw ToolFailure(
              .badData,
              "\"\(vector.text(row))\" in column \"\(name)\" cannot be \(type.name) without a change (--force makes it null)"
            )
          }
        }
        return Frame(columns, rows: frame.rows)
      })
  }

  private static func forced(_ vector: Vector, _ type: DataType) -> Vector {
    var mask = vector.validity ?? Validity(repeating: true, count: vector.count)
    for row in 0..<vector.count where mask[row] && vector.slice(row..<row + 1).cast(to: type) == nil {
      mask[row] = false
    }
    var masked = vector
    masked.validity = mask
    return masked.cast(to: type) ?? Vector.nulls(type, count: vector.count)
  }
}

/// `fs-frame fill`: something where there is nothing.
struct Fill: Tool {
  static let configuration = CommandConfiguration(
    commandName: "fill", abstract: "Put values where there are none: the last ones of the same symbol, or a number.")

  @Option(name: .customLong("with"), help: ArgumentHelp("A number instead of the last value.", valueName: "number"))
  var value: Double?
  @Option(help: ArgumentHelp("Fill these columns; all numbers if not given.", valueName: "a,b")) var only: String?
  @Option(help: "Last values are those of the same value of this column.") var by = "symbol"
  @OptionGroup(title: "Input") var input: FrameInputOptions
  @OptionGroup(title: "Output") var output: FrameOutputOptions
  @Argument(help: "Files to read; - is standard input, the default.", completion: .file()) var files: [String] = []

  private final class Stage: FrameStage {
    private let value: Double?
    private let only: [String]?
    private let by: String
    private var keys: GroupKeys
    /// The last value of each column in each group: a frame of one row.
    private var last: [String: [Int: Vector]] = [:]

    init(_ value: Double?, _ only: [String]?, _ by: String) {
      self.value = value
      self.only = only
      self.by = by
      keys = GroupKeys([by])
    }

    func take(_ frame: Frame, _ emit: (Frame) throws(ToolFailure) -> Void) throws(ToolFailure) {
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
      // The last values come first, so that rows can be taken from them.
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

  mutating func execute() throws(ToolFailure) -> ExitStatus {
    try FrameRun("fill", input, output).run(files, Stage(value, only.map(names), by))
  }
}
