/// A value of the protocol of Redis, version 2 (redis.io, "Redis serialization protocol specification").
package enum RESPValue: Sendable, Equatable {
  case text(String)
  case error(String)
  case integer(Int64)
  case bytes([UInt8])
  case null
  case list([RESPValue])

  package var integer: Int64? {
    switch self {
    case .integer(let number): number
    case .bytes(let bytes): Int64(String(decoding: bytes, as: UTF8.self))
    case .text(let text): Int64(text)
    default: nil
    }
  }

  package var bytes: [UInt8]? {
    switch self {
    case .bytes(let bytes): bytes
    case .text(let text): Array(text.utf8)
    default: nil
    }
  }

  package var string: String? { bytes.map { String(decoding: $0, as: UTF8.self) } }
  package var list: [RESPValue]? { if case .list(let values) = self { values } else { nil } }
}

/// Reads answers from pieces of a stream. An answer that breaks the protocol, or is larger than any that was asked for can be, ends the reading:
/// where the next one begins cannot be told.
package struct RESPParser {
  package struct Fault: Error, Equatable {
    package let reason: String
  }

  /// Bytes of one value, values of one list, lists in lists, and bytes of one answer.
  package static let largestValue = 512 << 20
  package static let mostValues = 1 << 20
  package static let mostLevels = 8
  package static let longestLine = 64 << 10

  private var buffer: [UInt8] = []
  private var start = 0
  /// Where to go on with the answer that has begun: bytes that have been looked at are not looked at again.
  private var needed = 0
  private let largest: Int

  /// - Parameter largest: bytes of one answer.
  package init(largest: Int = RESPParser.largestValue) { self.largest = largest }

  package mutating func take(_ bytes: UnsafeRawBufferPointer) { buffer.append(contentsOf: bytes) }

  /// The next answer; nil if it has not arrived in whole.
  package mutating func next() throws(Fault) -> RESPValue? {
    guard buffer.count - start >= max(1, needed) else { return nil }
    var place = start
    var count = 0
    guard let value = try value(&place, level: 0, &count) else {
      guard buffer.count - start <= largest else { throw Fault(reason: "an answer of more than \(largest) bytes") }
      return nil
    }
    start = place
    needed = 0
    if start == buffer.count {
      buffer.removeAll(keepingCapacity: buffer.capacity <= 1 << 20)
      start = 0
    } else if start > 1 << 20 {
      buffer.removeFirst(start)
      start = 0
    }
    return value
  }

  private mutating func value(_ place: inout Int, level: Int, _ count: inout Int) throws(Fault) -> RESPValue? {
    guard level <= RESPParser.mostLevels else {
      throw Fault(reason: "lists in more than \(RESPParser.mostLevels) lists")
    }
    count += 1
    guard count <= RESPParser.mostValues else { throw Fault(reason: "more than \(RESPParser.mostValues) values") }
    guard let (kind, line) = try line(&place) else { return nil }
    switch kind {
    case UInt8(ascii: "+"): return .text(String(decoding: buffer[line], as: UTF8.self))
    case UInt8(ascii: "-"): return .error(String(decoding: buffer[line], as: UTF8.self))
    case UInt8(ascii: ":"): return .integer(try number(line))
    case UInt8(ascii: "$"):
      let length = try number(line)
      if length == -1 { return .null }
      guard length >= 0, length <= largest else { throw Fault(reason: "a value of \(length) bytes") }
      let end = place + Int(length)
      guard buffer.count >= end + 2 else {
        // Nothing is looked at again before that much is there.
        if level == 0 { needed = end + 2 - start }
        return nil
      }
      guard buffer[end] == 13, buffer[end + 1] == 10 else { throw Fault(reason: "a value that is longer than it says") }
      defer { place = end + 2 }
      return .bytes(Array(buffer[place..<end]))
    case UInt8(ascii: "*"):
      let length = try number(line)
      if length == -1 { return .null }
      guard length >= 0, length <= RESPParser.mostValues else { throw Fault(reason: "a list of \(length) values") }
      var values: [RESPValue] = []
      for _ in 0..<length {
        guard let next = try value(&place, level: level + 1, &count) else { return nil }
        values.append(next)
      }
      return .list(values)
    default: throw Fault(reason: "an answer that begins with byte \(kind)")
    }
  }

  /// The kind of a value, and the rest of its line.
  private func line(_ place: inout Int) throws(Fault) -> (UInt8, Range<Int>)? {
    guard place < buffer.count else { return nil }
    // The first byte is the kind, whatever it is.
    var end = place + 1
    let most = min(buffer.count, place + RESPParser.longestLine)
    while end < most, buffer[end] != 13 { end += 1 }
    guard end + 1 < buffer.count, end < most else {
      guard end - place < RESPParser.longestLine else {
        throw Fault(reason: "a line of more than \(RESPParser.longestLine) bytes")
      }
      return nil
    }
    guard buffer[end + 1] == 10 else { throw Fault(reason: "a line that does not end as it should") }
    defer { place = end + 2 }
    return (buffer[place], place + 1..<end)
  }

  private func number(_ range: Range<Int>) throws(Fault) -> Int64 {
    guard range.count <= 20, let number = Int64(String(decoding: buffer[range], as: UTF8.self)) else {
      throw Fault(reason: "a number that is none")
    }
    return number
  }
}

/// A command as the protocol wants it: a list of byte strings.
enum RESPCommand {
  static func append(_ words: [[UInt8]], to bytes: inout [UInt8]) {
    bytes += "*\(words.count)\r\n".utf8
    for word in words {
      bytes += "$\(word.count)\r\n".utf8
      bytes += word
      bytes += [13, 10]
    }
  }
}
