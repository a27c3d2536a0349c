/// What a statement answered: rows of named columns, and how many rows it changed.
package struct PostgresRows: Sendable {
  package static let none = PostgresRows(names: [:], cells: [], changed: 0)

  let names: [String: Int]
  let cells: [[String?]]
  /// How many rows a statement has inserted, changed or removed, or how many it answered.
  package let changed: Int

  package var count: Int { cells.count }
  package var isEmpty: Bool { cells.isEmpty }
  package var first: Row? { cells.isEmpty ? nil : self[0] }

  package subscript(_ place: Int) -> Row { Row(names: names, cells: cells[place]) }

  /// One row. Numbers and texts that are null read as 0 and nothing where the type has no nil.
  package struct Row: Sendable {
    let names: [String: Int]
    let cells: [String?]

    private func cell(_ name: String) -> String? {
      guard let place = names[name] else {
        assertionFailure("the statement has no column \(name)")
        return nil
      }
      return cells[place]
    }

    package func has(_ name: String) -> Bool { names[name] != nil }
    package func text(_ name: String) -> String? { cell(name) }
    package func optionalInteger(_ name: String) -> Int64? { cell(name).flatMap { Int64($0) } }
    package func integer(_ name: String) -> Int64 { optionalInteger(name) ?? 0 }
    package func optionalDouble(_ name: String) -> Double? { cell(name).flatMap { Double($0) } }
    package func double(_ name: String) -> Double { optionalDouble(name) ?? 0 }
    package func bool(_ name: String) -> Bool { cell(name) == "t" }
    package func bytes(_ name: String) -> [UInt8]? { cell(name).flatMap { PostgresValue.bytes($0) } }
  }
}

extension PostgresRows: Sequence {
  package func makeIterator() -> AnyIterator<Row> {
    var place = 0
    return AnyIterator {
      guard place < cells.count else { return nil }
      defer { place += 1 }
      return self[place]
    }
  }
}
