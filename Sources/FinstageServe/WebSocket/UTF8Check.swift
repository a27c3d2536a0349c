/// Whether bytes that come in pieces are UTF-8 (RFC 3629): says no at the first byte that cannot be.
package struct UTF8Check: Sendable {
  /// How many bytes of the present character are still to come, and between what the next of them must be.
  private var missing: UInt8 = 0
  private var low: UInt8 = 0x80
  private var high: UInt8 = 0xBF

  package init() {}

  /// Whether no character is unfinished.
  package var isComplete: Bool { missing == 0 }

  package mutating func take(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var i = 0
    let count = bytes.count
    while i < count {
      let byte = bytes[i]
      i &+= 1
      if missing > 0 {
        guard byte >= low, byte <= high else { return false }
        missing &-= 1
        (low, high) = (0x80, 0xBF)
        continue
      }
      switch byte {
      case 0..<0x80: continue
      case 0xC2...0xDF: missing = 1
      case 0xE0: (missing, low) = (2, 0xA0)
      case 0xED: (missing, high) = (2, 0x9F)
      case 0xE1...0xEF: missing = 2
      case 0xF0: (missing, low) = (3, 0x90)
      case 0xF4: (missing, high) = (3, 0x8F)
      case 0xF1...0xF3: missing = 3
      default: return false
      }
    }
    return true
  }
}
