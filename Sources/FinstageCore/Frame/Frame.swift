/// A table of named columns of equal length. A stream is a sequence of frames with the same columns.
package final class Frame: @unchecked Sendable {
  package struct Column: Sendable {
    package var name: String
    package var vector: Vector

    package init(_ name: String, _ vector: Vector) {
      self.name = name
      self.vector = vector
    }
  }

  package var columns: [Column]
  package let rows: Int

  /// - Parameter rows: the number of rows; needed only if there are no columns.
  package init(_ columns: [Column], rows: Int? = nil) {
    self.columns = columns
    self.rows = rows ?? columns.first?.vector.count ?? 0
  }

  package var names: [String] { columns.map(\.name) }

  package func index(_ name: String) -> Int? { columns.firstIndex { $0.name == name } }

  package subscript(name: String) -> Vector? { index(name).map { columns[$0].vector } }

  package func taking(_ rows: [Int]) -> Frame {
    Frame(columns.map { Column($0.name, $0.vector.taking(rows)) }, rows: rows.count)
  }

  /// The rows at the given places, in that order; a row of nulls where a place is -1.
  package func takingOrNull(_ rows: [Int]) -> Frame {
    Frame(columns.map { Column($0.name, $0.vector.takingOrNull(rows)) }, rows: rows.count)
  }

  package func slice(_ range: Range<Int>) -> Frame {
    range == 0..<rows ? self : Frame(columns.map { Column($0.name, $0.vector.slice(range)) }, rows: range.count)
  }

  package func selecting(_ indices: [Int]) -> Frame { Frame(indices.map { columns[$0] }, rows: rows) }

  /// These rows followed by those of another frame; columns that one of them lacks are null there.
  package func appending(_ other: Frame) -> Frame { Frame.joined([self, other]) }

  /// The rows of several frames, one after the other; columns that one of them lacks are null there.
  package static func joined(_ frames: [Frame]) -> Frame {
    let frames = frames.filter { !$0.columns.isEmpty }
    guard let first = frames.first else { return Frame([]) }
    if frames.count == 1 { return first }
    var names = first.names
    for frame in frames.dropFirst() where frame.names != names {
      for name in frame.names where !names.contains(name) { names.append(name) }
    }
    let columns = names.map { name in
      let vectors = frames.compactMap { $0[name] }
      if vectors.count == frames.count, let alike = Vector.joinedAlike(vectors) { return Column(name, alike) }
      var vector: Vector?
      var missing = 0
      for frame in frames {
        guard let more = frame[name] else {
          if vector == nil {
            missing += frame.rows
          } else {
            vector!.append(Vector.nulls(vector!.type, count: frame.rows))
          }
          continue
        }
        if vector == nil {
          vector = missing > 0 ? Vector.nulls(more.type, count: missing) : nil
          if vector == nil {
            vector = more
            continue
          }
        }
        vector!.append(more)
      }
      return Column(name, vector ?? Vector.empty(.null))
    }
    return Frame(columns, rows: frames.reduce(0) { $0 + $1.rows })
  }

  package var byteCount: Int { columns.reduce(0) { $0 + $1.vector.byteCount } }
}
