/// Bad or unreadable input: where, what, and which exit status it deserves.
public struct InputError: Error, Equatable, Sendable {
  public enum Kind: Sendable, Equatable {
    /// The bytes are not what they should be (exit 65).
    case badData
    /// There is no such input (exit 66).
    case noInput
    /// Reading failed (exit 74).
    case io
  }

  /// `<stdin>` or a path.
  public let source: String
  /// The line, counted from 1; nil where the fault has none.
  public let line: Int?
  /// The byte in that line, counted from 1.
  public let byte: Int?
  public let message: String
  public let kind: Kind

  public init(source: String, line: Int? = nil, byte: Int? = nil, message: String, kind: Kind = .badData) {
    self.source = source
    self.line = line
    self.byte = byte
    self.message = message
    self.kind = kind
  }

  public var description: String {
    var place = source
    if let line { place += ":\(line)" }
    if let byte { place += ":\(byte)" }
    return "\(place): \(message)"
  }
}
