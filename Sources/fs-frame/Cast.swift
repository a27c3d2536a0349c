import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageSystem

/// `fs-frame cast`: converts columns to other types.
struct Cast: Tool {
  static let configuration = CommandConfiguration(
    commandName: "cast",
    abstract: "Convert columns to other types; a value that would change is an error.",
    discussion:
      "Types: bool, int8 to int64, uint8 to uint64, float32, float64, decimal(2), date, timestamp[s|ms|us|ns], string, json."
  )

  @Argument(help: ArgumentHelp("Columns and types.", valueName: "column=type,...")) var changes: String
  @Flag(help: "Replace values that the type cannot hold with null.") var force = false
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

  mutating func execute() throws -> ExitStatus {
    var types: [(String, DataType)] = []
    for (column, name) in try pairs(changes, "column=type") {
      guard let type = Cast.type(name) else {
        throw ToolFailure(.usage, "\"\(name)\" is not a valid type (see fs-frame cast --help)")
      }
      types.append((column, type))
    }
    let force = force
    return try FrameRun("cast", input, output).run(
      files,
      EachFrame { frame in
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
              "\"\(vector.text(row))\" in column \"\(name)\" does not fit into \(type.name) (--force makes it null)"
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
