import FinstageCommand
import FinstageCore

/// The rows of a sorted stream of frames, one after the other, and how they compare with those of others.
final class RowCursor {
  private let source: () throws(ToolFailure) -> Frame?
  private let keys: [FrameOrder.Key]
  private(set) var frame = Frame([])
  private(set) var row = 0
  private(set) var isAtEnd = false
  /// Which of several streams this is: equal rows come in this order.
  let number: Int
  private var values: [KeyValues] = []

  /// A column of the current frame, ready to be compared.
  private enum KeyValues {
    case integers([Int64], isDescending: Bool)
    case texts([Int64], [[UInt8]], isDescending: Bool)
    case missing
  }

  init(
    _ number: Int, _ keys: [FrameOrder.Key], _ source: @escaping () throws(ToolFailure) -> Frame?
  ) throws(ToolFailure) {
    self.number = number
    self.keys = keys
    self.source = source
    try load()
  }

  private func load() throws(ToolFailure) {
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
      // Times of different units must compare.
      if let instants = vector.nanoseconds() {
        sortable = Vector(.timestamp(.nanosecond, zone: nil), .int64(instants), validity: vector.validity)
      } else if vector.type.isNumber {
        sortable = Vector(.float64, .float64(vector.doubles()), validity: vector.validity)
      }
      return .integers(FrameOrder.sortable(sortable, key.isDescending), isDescending: false)
    }
  }

  func advance() throws(ToolFailure) {
    row += 1
    if row == frame.rows { try load() }
  }

  /// Whether the current row comes before that of another.
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

/// Merges sorted streams into one.
struct SortedMerge {
  private static let frameSize = 16_384

  /// - Parameter emit: takes the merged rows, in frames.
  static func run(_ cursors: [RowCursor], _ emit: (Frame) throws(ToolFailure) -> Void) throws(ToolFailure) {
    // A heap of the streams, the one with the first row on top.
    var heap = cursors.filter { !$0.isAtEnd }
    func sink(_ start: Int) {
      var at = start
      while true {
        var first = at
        for child in [2 * at + 1, 2 * at + 2] where child < heap.count && heap[child].isBefore(heap[first]) {
          first = child
        }
        if first == at { return }
        heap.swapAt(at, first)
        at = first
      }
    }
    for i in stride(from: heap.count / 2 - 1, through: 0, by: -1) { sink(i) }
    var frames: [ObjectIdentifier: Int] = [:]
    var used: [Frame] = []
    var rows: [(frame: Int, row: Int)] = []
    func flush() throws(ToolFailure) {
      if rows.isEmpty { return }
      var offsets: [Int] = []
      var total = 0
      for frame in used {
        offsets.append(total)
        total += frame.rows
      }
      let joined = Frame.joined(used)
      try emit(joined.taking(rows.map { offsets[$0.frame] + $0.row }))
      frames = [:]
      used = []
      rows.removeAll(keepingCapacity: true)
    }
    while let cursor = heap.first {
      let id = ObjectIdentifier(cursor.frame)
      let place: Int
      if let known = frames[id] {
        place = known
      } else {
        place = used.count
        frames[id] = place
        used.append(cursor.frame)
      }
      rows.append((place, cursor.row))
      if rows.count == frameSize { try flush() }
      try cursor.advance()
      if cursor.isAtEnd {
        heap[0] = heap[heap.count - 1]
        heap.removeLast()
      }
      sink(0)
    }
    try flush()
  }
}
