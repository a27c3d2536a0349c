import FinstageSystem

/// Bad or unreadable input: where, what, and which exit status it deserves.
package struct InputError: ExitError, Equatable, Sendable {
  package enum Kind: Sendable, Equatable {
    /// The bytes are not what they should be (exit 65).
    case badData
    /// There is no such input (exit 66).
    case noInput
    /// Reading failed (exit 74).
    case io
  }

  /// `<stdin>` or a path.
  package let source: String
  /// The line, counted from 1; nil where the fault has none.
  package let line: Int?
  /// The byte in that line, counted from 1.
  package let byte: Int?
  package let message: String
  package let kind: Kind

  package init(source: String, line: Int? = nil, byte: Int? = nil, message: String, kind: Kind = .badData) {
    self.source = source
    self.line = line
    self.byte = byte
    self.message = message
    self.kind = kind
  }

  package var exitStatus: ExitStatus {
    switch kind {
    case .badData: .badData
    case .noInput: .noInput
    case .io: .io
    }
  }

  package var sentence: String {
    var place = source
    if let line { place += ":\(line)" }
    if let byte { place += ":\(byte)" }
    return "\(place): \(message)"
  }
}
