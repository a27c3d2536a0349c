import FinstageSystem

/// Assigns numbers to groups of rows with equal keys, in order of appearance.
package struct GroupKeys {
  private let columns: [String]
  private var pools: [TextPool]
  private var groups: [[Int64]: Int] = [:]

  package init(_ columns: [String]) {
    self.columns = columns
    pools = columns.map { _ in TextPool() }
  }

  package var count: Int { groups.count }

  /// The number of the group of each row. A missing key column counts as equal in all rows.
  package mutating func numbers(_ frame: Frame) -> [Int] {
    let keys = keys(frame)
    if keys.isEmpty { return [Int](repeating: number([]), count: frame.rows) }
    if keys.count == 1 {
      var known: [Int64: Int] = [:]
      return keys[0].map { key in
        if let group = known[key] { return group }
        let group = number([key])
        known[key] = group
        return group
      }
    }
    return (0..<frame.rows).map { row in number(keys.map { $0[row] }) }
  }

  private mutating func number(_ key: [Int64]) -> Int {
    if let known = groups[key] { return known }
    groups[key] = groups.count
    return groups.count - 1
  }

  /// The columns as integers that are equal for equal values, in all frames.
  private mutating func keys(_ frame: Frame) -> [[Int64]] {
    var keys: [[Int64]] = []
    for (i, name) in columns.enumerated() {
      guard let vector = frame[name] else { continue }
      var values: [Int64]
      if vector.type.isText, let texts = vector.texts {
        let map = (0..<texts.count).map { Int64(pools[i].intern(texts[$0])) }
        values = vector.integers().enumerated().map { vector.isNull($0.offset) ? -1 : map[Int($0.element)] }
      } else if let instants = vector.nanoseconds() {
        values = instants
      } else if vector.type.isFloat {
        values = vector.doubles().map { Int64(bitPattern: ($0 == 0 ? 0.0 : $0).bitPattern) }
      } else {
        values = vector.integers()
      }
      if vector.validity != nil { for row in values.indices where vector.isNull(row) { values[row] = .min } }
      keys.append(values)
    }
    return keys
  }
}
