/// How Arrow's metadata names types (Schema.fbs, Message.fbs of Arrow format 1.5).
enum ArrowCode {
  package static let schema: Int8 = 1
  static let dictionaryBatch: Int8 = 2
  static let recordBatch: Int8 = 3

  package static let null: Int8 = 1
  package static let int: Int8 = 2
  static let floatingPoint: Int8 = 3
  package static let binary: Int8 = 4
  package static let utf8: Int8 = 5
  package static let bool: Int8 = 6
  package static let decimal: Int8 = 7
  package static let date: Int8 = 8
  package static let time: Int8 = 9
  package static let timestamp: Int8 = 10
  package static let interval: Int8 = 11
  package static let list: Int8 = 12
  static let structure: Int8 = 13
  package static let union: Int8 = 14
  static let fixedSizeBinary: Int8 = 15
  static let fixedSizeList: Int8 = 16
  package static let map: Int8 = 17
  package static let duration: Int8 = 18
  static let largeBinary: Int8 = 19
  static let largeUtf8: Int8 = 20
  static let largeList: Int8 = 21
  static let runEndEncoded: Int8 = 22
  static let binaryView: Int8 = 23
  static let utf8View: Int8 = 24

  static let version5: Int16 = 4
  static let jsonExtension = "arrow.json"
}

/// One field of an Arrow schema, and what is needed to find its values.
struct ArrowField {
  package enum Layout: Equatable {
    case null
    case bool
    /// Values of `width` bytes each.
    case fixed(width: Int)
    /// Texts with offsets of 32 or 64 bits.
    case text(wide: Bool)
    /// Texts in the view layout, which may have any number of buffers.
    case views
    /// A type that cannot become a column: a list, a record, bytes.
    case foreign(String)
  }

  package let name: String
  package let type: DataType
  package let layout: Layout
  let isHalf: Bool
  /// Whether the field holds dates as milliseconds.
  let isDateInMilliseconds: Bool
  /// For values that are positions in a dictionary: the dictionary's id, and the width of the positions.
  package let dictionary: (id: Int64, width: Int, isSigned: Bool)?
  package let children: [ArrowField]

  /// Nil if the metadata is damaged.
  package init?(_ table: FlatTable, depth: Int = 0) {
    guard depth < 32 else { return nil }
    name = table.string(0) ?? ""
    let code: Int8 = table.number(2, 0)
    let detail = table.table(3)
    var children: [ArrowField] = []
    for child in table.tables(5) ?? [] {
      guard let field = ArrowField(child, depth: depth + 1) else { return nil }
      children.append(field)
    }
    self.children = children
    var isHalf = false
    var isDateInMilliseconds = false
    func unit(_ field: Int, _ standard: Int16) -> TimeUnit {
      let number: Int16 = detail?.number(field, standard) ?? standard
      return TimeUnit.allCases[Int(max(0, min(3, number)))]
    }
    var extensionName: String?
    for pair in table.tables(6) ?? [] where pair.string(0) == "ARROW:extension:name" { extensionName = pair.string(1) }
    switch code {
    case ArrowCode.null: (type, layout) = (.null, .null)
    case ArrowCode.int:
      let bits: Int32 = detail?.number(0, 0) ?? 0
      guard [8, 16, 32, 64].contains(bits) else { return nil }
      type = detail?.bool(1) == true ? .int(bits: Int(bits)) : .uint(bits: Int(bits))
      layout = .fixed(width: Int(bits) / 8)
    case ArrowCode.floatingPoint:
      let precision: Int16 = detail?.number(0, 0) ?? 0
      isHalf = precision == 0
      type = precision == 2 ? .float64 : .float32
      layout = .fixed(width: precision == 2 ? 8 : precision == 1 ? 4 : 2)
    case ArrowCode.utf8:
      (type, layout) = (extensionName == ArrowCode.jsonExtension ? .json : .string, .text(wide: false))
    case ArrowCode.largeUtf8: (type, layout) = (.string, .text(wide: true))
    case ArrowCode.utf8View: (type, layout) = (.string, .views)
    case ArrowCode.bool: (type, layout) = (.bool, .bool)
    case ArrowCode.decimal:
      let scale: Int32 = detail?.number(1, 0) ?? 0
      let bits: Int32 = detail?.number(2, 128) ?? 128
      guard [32, 64, 128, 256].contains(bits) else { return nil }
      type = .decimal(scale: Int(scale))
      layout = .fixed(width: Int(bits) / 8)
    case ArrowCode.date:
      let unit: Int16 = detail?.number(0, 1) ?? 1
      type = .date
      isDateInMilliseconds = unit == 1
      layout = .fixed(width: unit == 1 ? 8 : 4)
    case ArrowCode.time:
      let bits: Int32 = detail?.number(1, 32) ?? 32
      guard bits == 32 || bits == 64 else { return nil }
      (type, layout) = (.time(unit(0, 1)), .fixed(width: Int(bits) / 8))
    case ArrowCode.timestamp: (type, layout) = (.timestamp(unit(0, 0), zone: detail?.string(1)), .fixed(width: 8))
    case ArrowCode.duration: (type, layout) = (.int(bits: 64), .fixed(width: 8))
    case ArrowCode.binary, ArrowCode.largeBinary, ArrowCode.fixedSizeBinary, ArrowCode.binaryView:
      (type, layout) = (.null, .foreign("bytes"))
    case ArrowCode.list, ArrowCode.largeList, ArrowCode.fixedSizeList: (type, layout) = (.null, .foreign("a list"))
    case ArrowCode.structure: (type, layout) = (.null, .foreign("a record"))
    case ArrowCode.map: (type, layout) = (.null, .foreign("a map"))
    default: (type, layout) = (.null, .foreign("of an unknown type"))
    }
    self.isHalf = isHalf
    self.isDateInMilliseconds = isDateInMilliseconds
    if let encoding = table.table(4) {
      let index = encoding.table(1)
      let bits: Int32 = index?.number(0, 32) ?? 32
      guard [8, 16, 32, 64].contains(bits) else { return nil }
      dictionary = (encoding.number(0, 0), Int(bits) / 8, index?.bool(1) ?? true)
    } else {
      dictionary = nil
    }
    foreignCode = code
  }

  private let foreignCode: Int8

  /// How many nodes and buffers the field has in a batch, including its children; nil if that is unknown.
  package var extent: (nodes: Int, buffers: Int)? {
    if dictionary != nil { return (1, 2) }
    var own: (nodes: Int, buffers: Int)
    switch layout {
    case .null: own = (1, 0)
    case .bool, .fixed: own = (1, 2)
    case .text: own = (1, 3)
    case .views: return nil
    case .foreign:
      switch foreignCode {
      case ArrowCode.binary, ArrowCode.largeBinary: own = (1, 3)
      case ArrowCode.fixedSizeBinary, ArrowCode.list, ArrowCode.largeList, ArrowCode.map, ArrowCode.interval:
        own = (1, 2)
      case ArrowCode.structure, ArrowCode.fixedSizeList: own = (1, 1)
      default: return nil
      }
    }
    for child in children {
      guard let more = child.extent else { return nil }
      own.nodes += more.nodes
      own.buffers += more.buffers
    }
    return own
  }
}
