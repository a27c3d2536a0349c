/// Which rows have a value: one bit per row, lowest bit first, as in Arrow.
package struct Validity: Sendable, Equatable {
  private(set) var bytes: [UInt8]
  package private(set) var count: Int

  package init(repeating isValid: Bool, count: Int) {
    bytes = [UInt8](repeating: isValid ? 0xFF : 0, count: (count + 7) / 8)
    self.count = count
  }

  /// - Parameter bytes: at least a bit for each of `count` rows.
  package init(bytes: [UInt8], count: Int) {
    self.bytes = bytes
    self.count = count
  }

  @inline(__always)
  package subscript(row: Int) -> Bool {
    get { bytes[row >> 3] >> UInt8(row & 7) & 1 != 0 }
    set {
      let bit = UInt8(1) << UInt8(row & 7)
      if newValue { bytes[row >> 3] |= bit } else { bytes[row >> 3] &= ~bit }
    }
  }

  package mutating func append(_ isValid: Bool) {
    if count & 7 == 0 { bytes.append(0) }
    count += 1
    self[count - 1] = isValid
  }

  package mutating func append(repeating isValid: Bool, count more: Int) {
    var left = more
    while left > 0 && count & 7 != 0 {
      append(isValid)
      left -= 1
    }
    bytes.append(contentsOf: repeatElement(isValid ? 0xFF : 0, count: (left + 7) / 8))
    count += left
  }

  /// How many rows have no value.
  package var nullCount: Int {
    var valid = 0
    for (i, byte) in bytes.enumerated() {
      let rows = count - i * 8
      if rows <= 0 { break }
      valid += (rows >= 8 ? byte : byte & (1 << UInt8(rows) &- 1)).nonzeroBitCount
    }
    return count - valid
  }
}
