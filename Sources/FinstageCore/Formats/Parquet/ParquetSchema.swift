/// A column of a Parquet file, as its schema describes it.
struct ParquetField {
  package let name: String
  let physical: Int
  /// The length of fixed byte arrays.
  package let length: Int
  let isOptional: Bool
  /// Nil if the column cannot be read.
  package let type: DataType?
  /// Why the column cannot be read.
  let obstacle: String
  /// Whether values are 16-bit floats.
  let isHalf: Bool
  /// The places of decimals of more than 18 digits, which are read as doubles.
  private(set) var wideScale: Int?
  /// Whether the file says what the bytes of the column are.
  private(set) var isAnnotated = true

  /// The columns of a schema, in the order of the chunks; nested ones have no type. Throws if the schema is damaged.
  package static func all(_ schema: [ThriftValue]) throws(ParquetFault) -> [ParquetField] {
    guard let root = schema.first, let count = root[5]?.integer, count >= 0 else {
      throw ParquetFault("the schema is damaged")
    }
    var fields: [ParquetField] = []
    var at = 1
    var length = 0
    func walk(_ path: String, _ depth: Int, isNested: Bool) throws(ParquetFault) {
      guard at < schema.count, depth < 64, let name = schema[at][4]?.string else {
        throw ParquetFault("the schema is damaged")
      }
      let element = schema[at]
      at += 1
      let full = path.isEmpty ? name : "\(path).\(name)"
      // Each column repeats the names of the groups that it is in.
      length += full.utf8.count
      guard length <= 16 << 20 else { throw ParquetFault("the names of the columns are too long") }
      let repetition = element[3]?.integer ?? 0
      if let children = element[5]?.integer, children > 0 {
        for _ in 0..<children { try walk(full, depth + 1, isNested: true) }
      } else {
        fields.append(ParquetField(element, full, isNested: isNested || repetition == 2))
      }
    }
    for _ in 0..<count { try walk("", 0, isNested: false) }
    return fields
  }

  private init(_ element: ThriftValue, _ name: String, isNested: Bool) {
    self.name = name
    physical = element[1]?.integer ?? -1
    length = element[2]?.integer ?? 0
    isOptional = element[3]?.integer == 1
    let logical = element[10]
    let converted = element[6]?.integer
    isHalf = logical?[15] != nil
    if isNested {
      type = nil
      obstacle = "nested"
      return
    }
    func unit(_ value: ThriftValue?) -> TimeUnit {
      value?[3] != nil ? .nanosecond : value?[2] != nil ? .microsecond : .millisecond
    }
    func zone(_ value: ThriftValue) -> String? { value[1]?.flag ?? true ? "UTC" : nil }
    var found: DataType?
    switch physical {
    case ParquetCode.boolean: found = .bool
    case ParquetCode.float: found = .float32
    case ParquetCode.double: found = .float64
    case ParquetCode.int96: found = .timestamp(.nanosecond, zone: nil)
    case ParquetCode.int32, ParquetCode.int64:
      found = .int(bits: physical == ParquetCode.int32 ? 32 : 64)
      if let integer = logical?[10] {
        let bits = integer[1]?.integer ?? 0
        if [8, 16, 32, 64].contains(bits) { found = integer[2]?.flag ?? true ? .int(bits: bits) : .uint(bits: bits) }
      } else if let time = logical?[7] {
        found = .time(unit(time[2]))
      } else if let timestamp = logical?[8] {
        found = .timestamp(unit(timestamp[2]), zone: zone(timestamp))
      } else if logical?[6] != nil {
        found = .date
      } else if logical?[11] != nil {
        found = .null
      } else if let decimal = logical?[5] {
        found = .decimal(scale: decimal[1]?.integer ?? 0)
      } else if let converted {
        switch converted {
        case 5: found = .decimal(scale: element[7]?.integer ?? 0)
        case 6: found = .date
        case 7: found = .time(.millisecond)
        case 8: found = .time(.microsecond)
        case 9: found = .timestamp(.millisecond, zone: "UTC")
        case 10: found = .timestamp(.microsecond, zone: "UTC")
        case 11...14: found = .uint(bits: 8 << (converted - 11))
        case 15...18: found = .int(bits: 8 << (converted - 15))
        default: break
        }
      }
    case ParquetCode.byteArray, ParquetCode.fixedBytes:
      if let decimal = logical?[5] {
        found = .decimal(scale: decimal[1]?.integer ?? 0)
      } else if converted == 5 {
        found = .decimal(scale: element[7]?.integer ?? 0)
      } else if isHalf {
        found = .float32
      } else if logical?[12] != nil || converted == 19 {
        found = .json
      } else if logical?[1] != nil || logical?[4] != nil || converted == 0 || converted == 4 {
        found = .string
      } else if physical == ParquetCode.byteArray {
        // Impala, Hive and old Spark write texts without saying so.
        found = .string
        isAnnotated = false
      }
    default: break
    }
    if case .decimal(let scale)? = found {
      let digits = logical?[5]?[2]?.integer ?? element[8]?.integer ?? 18
      let isBytes = physical == ParquetCode.byteArray || physical == ParquetCode.fixedBytes
      if isBytes, digits > 18 || scale > 18, (0...38).contains(scale) {
        found = .float64
        wideScale = scale
      } else if !(0...18).contains(scale) {
        found = nil
      }
    }
    type = found
    obstacle = found == nil ? "untyped bytes or too wide a number" : ""
  }
}
