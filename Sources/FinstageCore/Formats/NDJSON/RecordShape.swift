/// The fields of the first records: their names in order, and the narrowest type that fits all their values.
struct RecordShape {
  private struct Kinds: OptionSet {
    let rawValue: Int
    static let integer = Kinds(rawValue: 1)
    static let decimal = Kinds(rawValue: 2)
    static let date = Kinds(rawValue: 4)
    static let instant = Kinds(rawValue: 8)
    static let text = Kinds(rawValue: 16)
    static let bool = Kinds(rawValue: 32)
    static let nested = Kinds(rawValue: 64)
  }

  private var names: [String] = []
  private var kinds: [Kinds] = []
  private var places: [String: Int] = [:]
  private(set) var records = 0
  var fieldCount: Int { names.count }
  /// Whether the input ends with these records.
  var isWhole = false

  /// Looks at one line, from its start to its LF; lines that are not records are left to the reader.
  package mutating func take(_ start: UnsafePointer<UInt8>, _ newline: UnsafePointer<UInt8>) {
    var scanner = JSONScanner(start, end: newline)
    scanner.skipWhitespace()
    guard scanner.take("{") else { return }
    records += 1
    scanner.skipWhitespace()
    if scanner.take("}") { return }
    do throws(JSONScanner.Failure) {
      repeat {
        scanner.skipWhitespace()
        let name = JSONScanner.decode(try scanner.string())
        try scanner.colon()
        let value = scanner.p
        try scanner.skipValue(depth: 1)
        note(name, value, scanner.p)
        scanner.skipWhitespace()
      } while scanner.take(",")
    } catch {
      // The reader will say what is wrong.
    }
  }

  private mutating func note(_ name: String, _ value: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) {
    let place: Int
    if let known = places[name] {
      place = known
    } else {
      place = names.count
      places[name] = place
      names.append(name)
      kinds.append([])
    }
    switch value[0] {
    case UInt8(ascii: "\""):
      let length = end - value - 2
      let isTime =
        length == 10 ? Timestamp.day(value + 1) != nil : length > 10 && Timestamp.parse(value + 1, length) != nil
      guard isTime else {
        kinds[place].insert(.text)
        return
      }
      kinds[place].insert(length == 10 ? .date : .instant)
    case UInt8(ascii: "t"), UInt8(ascii: "f"): kinds[place].insert(.bool)
    case UInt8(ascii: "n"): break
    case UInt8(ascii: "{"), UInt8(ascii: "["): kinds[place].insert(.nested)
    default:
      var token = NumberToken()
      _ = NumberToken.scan(value, into: &token)
      kinds[place].insert(token.int64 != nil ? .integer : .decimal)
    }
  }

  /// The fields to read; all of them are optional.
  package var fields: [Field] {
    zip(names, kinds).map { name, kinds in
      let kind: Field.Kind =
        switch kinds {
        case []: KnownFields.kind(name) ?? .null
        case .integer: name == "ts" ? .timestamp : KnownFields.isPrice(name) ? .float64 : .int64
        case .decimal, [.decimal, .integer]: .float64
        case .date: .date
        case .instant, [.date, .instant]: .timestamp
        case [.instant, .integer], [.date, .integer], [.date, .instant, .integer]: name == "ts" ? .timestamp : .json
        case .text, [.text, .date], [.text, .instant], [.text, .date, .instant]: .text
        case .bool: .bool
        default: .json
        }
      return Field(name, kind, .optional, hint: "--infer-rows 0 looks at all records before it chooses the types")
    }
  }
}
