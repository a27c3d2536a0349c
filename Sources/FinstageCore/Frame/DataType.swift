/// The type of the values of a frame's column. The vector decides how wide they are stored.
package enum DataType: Sendable, Equatable {
  /// Nothing but nulls.
  case null
  case bool
  /// A signed integer of 8, 16, 32 or 64 bits.
  case int(bits: Int)
  /// An unsigned integer of 8, 16, 32 or 64 bits; values above 2^63 - 1 are not supported.
  case uint(bits: Int)
  case float32
  case float64
  /// An exact decimal: an integer of up to 64 bits, divided by 10^scale.
  case decimal(scale: Int)
  /// Days since 1970-01-01.
  case date
  /// Instants since 1970-01-01T00:00:00Z; the zone is for display and is nil if the source named none.
  case timestamp(TimeUnit, zone: String?)
  /// A time of day.
  case time(TimeUnit)
  case string
  /// Text of any JSON value: nested records, or values of several types in one field.
  case json

  /// A readable name: `int32`, `decimal(2)`, `timestamp[ms, UTC]`.
  package var name: String {
    switch self {
    case .null: "null"
    case .bool: "bool"
    case .int(let bits): "int\(bits)"
    case .uint(let bits): "uint\(bits)"
    case .float32: "float32"
    case .float64: "float64"
    case .decimal(let scale): "decimal(\(scale))"
    case .date: "date"
    case .timestamp(let unit, let zone): "timestamp[\(unit.rawValue)\(zone.map { ", \($0)" } ?? "")]"
    case .time(let unit): "time[\(unit.rawValue)]"
    case .string: "string"
    case .json: "json"
    }
  }

  /// Whether values are positions in a pool of texts.
  package var isText: Bool { self == .string || self == .json }

  package var isNumber: Bool {
    switch self {
    case .int, .uint, .float32, .float64, .decimal: true
    default: false
    }
  }

  package var isFloat: Bool { self == .float32 || self == .float64 }
}

/// The unit of a time.
package enum TimeUnit: String, Sendable, CaseIterable {
  case second = "s"
  case millisecond = "ms"
  case microsecond = "us"
  case nanosecond = "ns"

  /// How many of these units a second has.
  package var perSecond: Int64 {
    switch self {
    case .second: 1
    case .millisecond: 1000
    case .microsecond: 1_000_000
    case .nanosecond: 1_000_000_000
    }
  }

  /// How many nanoseconds one unit has.
  package var nanoseconds: Int64 { 1_000_000_000 / perSecond }
}
