/// A kind of record described once: its fields in order, what they are, and where their values come from. JSON, columns of frames and
/// tables for people follow from it.
package struct RecordDescription<Record>: Sendable {
  package struct Field: Sendable {
    package enum Kind: Sendable {
      case integer, number, text, bool
      /// Milliseconds since 1970-01-01T00:00:00Z.
      case time
      /// Anything else, kept as JSON text in columns.
      case json
    }

    package let name: String
    package let kind: Kind
    /// Left out of JSON where there is no value, instead of null.
    package let isOptional: Bool
    package let value: @Sendable (Record) -> JSONValue

    package init(
      _ name: String, _ kind: Kind, optional isOptional: Bool = false,
      _ value: @escaping @Sendable (Record) -> JSONValue
    ) {
      self.name = name
      self.kind = kind
      self.isOptional = isOptional
      self.value = value
    }
  }

  package let fields: [Field]

  package init(_ fields: [Field]) { self.fields = fields }

  /// A record as a JSON object.
  package func json(_ record: Record) -> JSONValue {
    JSONValue(
      members: fields.map { field in
        let value = field.value(record)
        return (field.name, field.isOptional && value.isNull ? nil : value)
      })
  }

  /// Records as a frame: the same columns whatever the records are.
  package func frame(_ records: [Record]) -> Frame {
    Frame(
      fields.map { field in
        Frame.Column(field.name, Vector(values: records.map(field.value), as: field.kind.columnType))
      }, rows: records.count)
  }

  /// Records as rows of texts: the named fields, under a header.
  package func table(_ records: [Record], _ columns: [(field: String, header: String)]) -> [[String]] {
    let chosen = columns.compactMap { column in fields.first { $0.name == column.field } }
    return [columns.map(\.header)] + records.map { record in chosen.map { $0.value(record).plainText } }
  }
}

extension RecordDescription.Field.Kind {
  var columnType: DataType {
    switch self {
    case .integer: .int(bits: 64)
    case .number: .float64
    case .text: .string
    case .bool: .bool
    case .time: .timestamp(.nanosecond, zone: "UTC")
    case .json: .json
    }
  }
}

extension JSONValue {
  /// A value as people read it: texts without quotes, nothing for null.
  package var plainText: String {
    switch self {
    case .null: ""
    case .string(let text): text
    default: text
    }
  }
}

extension Vector {
  /// Values of JSON as a column of a type; null where a value is something else.
  package init(values: [JSONValue], as type: DataType) {
    var isNull = [Bool](repeating: false, count: values.count)
    func mask() -> Validity? {
      guard isNull.contains(true) else { return nil }
      var mask = Validity(repeating: true, count: values.count)
      for (row, isNull) in isNull.enumerated() where isNull { mask[row] = false }
      return mask
    }
    func integers(_ value: (JSONValue) -> Int64?) -> [Int64] {
      values.enumerated().map { row, json in
        if let value = value(json) { return value }
        isNull[row] = true
        return 0
      }
    }
    switch type {
    case .float64:
      let numbers = values.enumerated().map { row, json -> Double in
        if let value = json.double { return value }
        isNull[row] = true
        return .nan
      }
      self.init(.float64, .float64(numbers), validity: mask())
    case .int:
      let codes = integers(\.integer)
      self.init(type, .int64(codes), validity: mask())
    case .bool:
      let codes = integers { if case .bool(let value) = $0 { value ? 1 : 0 } else { nil } }
      self.init(type, .int64(codes), validity: mask())
    case .timestamp:
      let codes = integers { $0.string.flatMap { Timestamp.parse($0) } }
      self.init(type, .int64(codes), validity: mask())
    case .date:
      let codes = integers {
        $0.string.flatMap { Timestamp.parse($0) }.map { Timestamp.day(ofSecond: $0 / Timestamp.nanosecondsPerSecond) }
      }
      self.init(type, .int64(codes), validity: mask())
    case .null: self = .nulls(.null, count: values.count)
    default:
      let pool = TextPool()
      let codes = integers { json in
        if json.isNull { return nil }
        return Int64(pool.intern(type == .json ? json.text : json.plainText))
      }
      self.init(type, .int64(codes), validity: mask(), texts: pool)
    }
  }
}

extension Frame {
  /// JSON objects as rows: a column for each name, in the order in which names appear, typed by what the values are.
  package convenience init(records: [JSONValue]) {
    var names: [String] = []
    var values: [String: [JSONValue]] = [:]
    for (row, record) in records.enumerated() {
      for (name, value) in record.members ?? [] {
        if values[name] == nil {
          names.append(name)
          values[name] = []
        }
        let missing = row - values[name]!.count
        if missing > 0 { values[name]! += [JSONValue](repeating: .null, count: missing) }
        if values[name]!.count == row { values[name]!.append(value) }
      }
    }
    let columns = names.map { name in
      let padded = values[name]! + [JSONValue](repeating: .null, count: records.count - values[name]!.count)
      return Column(name, Vector(values: padded, as: JSONValue.columnType(padded)))
    }
    self.init(columns, rows: records.count)
  }
}

extension JSONValue {
  /// The type of a column that holds all of some values.
  fileprivate static func columnType(_ values: [JSONValue]) -> DataType {
    var type = DataType.null
    for value in values {
      let own: DataType
      switch value {
      case .null: continue
      case .bool: own = .bool
      case .integer: own = .int(bits: 64)
      case .number: own = .float64
      case .string(let text):
        own =
          text.utf8.count >= 10 && Timestamp.parse(text) != nil
          ? (text.utf8.count == 10 ? .date : .timestamp(.nanosecond, zone: "UTC")) : .string
      case .array, .object: own = .json
      }
      if type == .null || type == own {
        type = own
        continue
      }
      switch (type, own) {
      case (.int, .float64), (.float64, .int): type = .float64
      case (.date, .timestamp), (.timestamp, .date): type = .timestamp(.nanosecond, zone: "UTC")
      case (.string, .date), (.string, .timestamp), (.date, .string), (.timestamp, .string): type = .string
      default: return .json
      }
    }
    return type
  }
}
