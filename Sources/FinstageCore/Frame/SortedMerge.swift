/// Merges sorted streams into one.
package struct SortedMerge {
  private static let frameSize = 16_384

  /// - Parameter emit: takes the merged rows, in frames.
  package static func run(_ cursors: [RowCursor], _ emit: (Frame) throws -> Void) throws {
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
    func flush() throws {
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
