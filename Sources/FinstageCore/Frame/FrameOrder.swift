/// Sorts the rows of a frame.
package enum FrameOrder {
  /// A column to sort by.
  package struct Key: Sendable, Equatable {
    package var column: String
    package var isDescending: Bool

    package init(_ column: String, isDescending: Bool = false) {
      self.column = column
      self.isDescending = isDescending
    }
  }

  /// The row numbers, sorted by the first key, then by the next. Equal rows keep their order, and nulls come last. Keys
  /// without a column are ignored.
  package static func rows(_ frame: Frame, by keys: [Key]) -> [Int] {
    var order = Array(0..<frame.rows)
    // Sort by the last key first; each sort is stable.
    for key in keys.reversed() {
      guard let vector = frame[key.column] else { continue }
      let ranks = sortable(vector, key.isDescending)
      sort(&order, ranks)
    }
    return order
  }

  /// Integers that sort like the values. Those of texts are comparable only within one frame, others everywhere.
  package static func sortable(_ vector: Vector, _ isDescending: Bool) -> [Int64] {
    var values: [Int64]
    if vector.type.isText, let texts = vector.texts {
      let ranks = texts.ranks()
      values = vector.integers().enumerated().map { vector.isNull($0.offset) ? 0 : Int64(ranks[Int($0.element)]) }
    } else if vector.type.isFloat {
      // The bits of doubles sort like the doubles once the bits of negative ones are inverted.
      values = vector.doubles().map { value in
        // Both zeros are equal.
        let bits = Int64(bitPattern: (value == 0 ? 0.0 : value).bitPattern)
        return bits < 0 ? bits ^ Int64.max : bits
      }
    } else {
      values = vector.integers()
    }
    if isDescending { for row in values.indices { values[row] = ~values[row] } }
    if let validity = vector.validity {
      for row in values.indices where !validity[row] { values[row] = .max }
    }
    return values
  }

  private static func sort(_ order: inout [Int], _ values: [Int64]) {
    var isSorted = true
    for i in order.indices.dropFirst() where values[order[i - 1]] > values[order[i]] {
      isSorted = false
      break
    }
    if isSorted { return }
    let least = values.min() ?? 0
    let greatest = values.max() ?? 0
    let (span, overflow) = greatest.subtractingReportingOverflow(least)
    if !overflow && span < max(65_536, values.count) {
      // A small range of values: use a counting sort.
      var starts = [Int](repeating: 0, count: Int(span) + 2)
      for value in values { starts[Int(value - least) + 1] += 1 }
      for i in starts.indices.dropFirst() { starts[i] += starts[i - 1] }
      var result = [Int](repeating: 0, count: order.count)
      for row in order {
        let bucket = Int(values[row] - least)
        result[starts[bucket]] = row
        starts[bucket] += 1
      }
      order = result
      return
    }
    sortByDigits(&order, values, least)
  }

  /// A radix sort, from the lowest eleven bits to the highest; digits that all values share are passed over.
  private static func sortByDigits(_ order: inout [Int], _ values: [Int64], _ least: Int64) {
    struct Item {
      var key: UInt64
      var row: Int
    }
    let count = order.count
    let first = UnsafeMutablePointer<Item>.allocate(capacity: count)
    let second = UnsafeMutablePointer<Item>.allocate(capacity: count)
    defer {
      first.deallocate()
      second.deallocate()
    }
    let base = UInt64(bitPattern: least)
    for (i, row) in order.enumerated() {
      (first + i).initialize(to: Item(key: UInt64(bitPattern: values[row]) &- base, row: row))
    }
    var (source, target) = (first, second)
    let size = 1 << 11
    let starts = UnsafeMutablePointer<Int>.allocate(capacity: size)
    defer { starts.deallocate() }
    for shift in stride(from: UInt64(0), to: 64, by: 11) {
      starts.update(repeating: 0, count: size)
      for i in 0..<count { starts[Int(truncatingIfNeeded: source[i].key &>> shift) & (size - 1)] &+= 1 }
      if starts[Int(truncatingIfNeeded: source[0].key &>> shift) & (size - 1)] == count { continue }
      var sum = 0
      for digit in 0..<size { (starts[digit], sum) = (sum, sum &+ starts[digit]) }
      for i in 0..<count {
        let digit = Int(truncatingIfNeeded: source[i].key &>> shift) & (size - 1)
        target[starts[digit]] = source[i]
        starts[digit] &+= 1
      }
      (source, target) = (target, source)
    }
    for i in 0..<count { order[i] = source[i].row }
  }
}
