import FinstageCore

/// What the values of a field or of a part of an expression are.
package enum ExpressionType: Sendable, Equatable {
  /// 64 bits, exact.
  case integer
  case number
  /// Nanoseconds since 1970-01-01T00:00:00Z; earlier and later instants become the first and the last one.
  case time
  case bool
  case text
  /// Nothing but nulls: fits everywhere, and is null everywhere.
  case null

  /// What a column of a frame is to expressions.
  package init(_ type: DataType) {
    switch type {
    case .null: self = .null
    case .bool: self = .bool
    case .int, .uint: self = .integer
    case .float32, .float64, .decimal, .time: self = .number
    case .date, .timestamp: self = .time
    case .string, .json: self = .text
    }
  }

  /// What a column of a batch is to expressions.
  package init(_ kind: Field.Kind) {
    switch kind {
    case .float64: self = .number
    case .int64: self = .integer
    case .timestamp, .date: self = .time
    case .bool: self = .bool
    case .symbol, .text, .json, .reserved: self = .text
    case .null: self = .null
    }
  }

  /// With an article, for messages.
  var words: String {
    switch self {
    case .integer, .number: "a number"
    case .time: "a time"
    case .bool: "a condition"
    case .text: "a text"
    case .null: "null"
    }
  }

  /// Whether values of another type can go into a register of this type as they are.
  func holds(_ other: ExpressionType) -> Bool {
    self == other || other == .null || self == .number && other == .integer
  }

  var isNumeric: Bool { self == .integer || self == .number }
}

/// Values of up to `ExpressionProgram.chunk` rows: 8 bytes a row. A number that is null is NaN; of all other types the smallest
/// 64-bit integer stands for null.
final class Register {
  /// Where the rows are: memory of its own, or a column of the input, which changes from chunk to chunk.
  var base: UnsafeMutableRawPointer
  let type: ExpressionType
  /// The result of arithmetic: compared with a relative slack. Fields, constants and values picked from them are not.
  let isComputed: Bool
  /// The one value of a constant, as its 8 bytes.
  let constant: Int64?
  private let memory: UnsafeMutableRawPointer?

  static let missing = Int64.min

  init(_ type: ExpressionType, isComputed: Bool, constant: Int64? = nil, ownsMemory: Bool = true) {
    self.type = type
    self.isComputed = isComputed
    self.constant = constant
    let bytes = ExpressionProgram.chunk * 8
    let own = UnsafeMutableRawPointer.allocate(byteCount: ownsMemory ? bytes : 8, alignment: 64)
    memory = own
    base = own
    if ownsMemory {
      own.assumingMemoryBound(to: Int64.self).initialize(
        repeating: constant ?? 0, count: ExpressionProgram.chunk)
    }
  }

  deinit { memory?.deallocate() }

  @inline(__always)
  var numbers: UnsafeMutablePointer<Double> { base.assumingMemoryBound(to: Double.self) }
  @inline(__always)
  var integers: UnsafeMutablePointer<Int64> { base.assumingMemoryBound(to: Int64.self) }
}
