/// Steps through the rows of a sorted stream of frames, and compares them with the rows of other streams.
package final class RowCursor {
  private let source: () throws -> Frame?
  private let keys: [FrameOrder.Key]
  package private(set) var frame = Frame([])
  package private(set) var row = 0
  package private(set) var isAtEnd = false
  /// The number of this stream among several; equal rows come in the order of their streams.
  let number: Int
  private var values: [KeyValues] = []

  /// A column of the current frame, ready to be compared.
  private enum KeyValues {
    case integers([Int64], isDescending: Bool)
    case texts([Int64], [[UInt8]], isDescending: Bool)
    case missing
  }

  package init(
    _ number: Int, _ keys: [FrameOrder.Key], _ source: @escaping () throws -> Frame?
  ) throws {
    self.number = number
    self.keys = keys
    self.source = source
    try load()
  }

  private func load() throws {
    row = 0
    repeat {
      guard let next = try source() else {
        isAtEnd = true
        return
      }
      frame = next
    } while frame.rows == 0
    values = keys.map { key in
      guard let vector = frame[key.column] else { return .missing }
      if vector.type.isText, let texts = vector.texts {
        let codes = vector.integers().enumerated().map { vector.isNull($0.offset) ? -1 : $0.element }
        return .texts(codes, (0..<texts.count).map { texts.bytes($0) }, isDescending: key.isDescending)
      }
      var sortable = vector
      // Times of different units must be comparable.
      if let instants = vector.nanoseconds() {
        sortable = Vector(.timestamp(.nanosecond, zone: nil), .int64(instants), validity: vector.validity)
      } else if vector.type.isNumber {
        sortable = Vector(.float64, .float64(vector.doubles()), validity: vector.validity)
      }
      return .integers(FrameOrder.sortable(sortable, key.isDescending), isDescending: false)
    }
  }

  func advance() throws {
    row += 1
    if row == frame.rows { try load() }
  }

  /// Whether the current row comes before the current row of another cursor.
  func isBefore(_ other: RowCursor) -> Bool {
    for (a, b) in zip(values, other.values) {
      switch (a, b) {
      case (.integers(let x, _), .integers(let y, _)):
        if x[row] != y[other.row] { return x[row] < y[other.row] }
      case (.texts(let x, let left, let isDescending), .texts(let y, let right, _)):
        let (p, q) = (x[row], y[other.row])
        if p < 0 || q < 0 {
          // Nulls come last.
          if (p < 0) != (q < 0) { return q < 0 }
          continue
        }
        let (s, t) = (left[Int(p)], right[Int(q)])
        if s == t { continue }
        return s.lexicographicallyPrecedes(t) != isDescending
      default: continue
      }
    }
    return number < other.number
  }
}
