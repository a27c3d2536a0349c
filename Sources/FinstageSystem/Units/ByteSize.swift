/// A number of bytes as users write it: 64MiB, 1GB, 500k. A number without a unit counts bytes.
package struct ByteSize: Sendable, Hashable {
  package let bytes: Int

  package init(bytes: Int) { self.bytes = bytes }

  private static let units: [String: Double] = [
    "": 1, "b": 1, "k": 1e3, "kb": 1e3, "m": 1e6, "mb": 1e6, "g": 1e9, "gb": 1e9, "kib": 1024, "mib": 1_048_576,
    "gib": 1_073_741_824,
  ]

  /// Reads a size; nil if the text is not one, or exceeds 10^15 bytes.
  package init?(_ text: String) {
    let digits = text.prefix { $0.isNumber || $0 == "." }
    guard let value = Double(digits), let unit = ByteSize.units[text.dropFirst(digits.count).lowercased()],
      value * unit < 1e15
    else { return nil }
    bytes = Int(value * unit)
  }

  /// As it can be written.
  package var text: String {
    for (unit, shift) in [("GiB", 30), ("MiB", 20), ("KiB", 10)] where bytes > 0 && bytes % (1 << shift) == 0 {
      return "\(bytes >> shift)\(unit)"
    }
    return "\(bytes)"
  }
}
