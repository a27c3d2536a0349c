import FinstageSystem

/// Why PostgreSQL did not do something, as a user has to know it.
package struct PostgresError: ExitError, Equatable {
  package enum Kind: Sendable, Equatable {
    /// The client library is missing.
    case noLibrary
    /// The server cannot be reached, is starting or stopping, is read only, or has cut the connection: another try may help.
    case away
    /// The server has no connection left.
    case crowded
    /// Something waits for something else for too long.
    case busy
    /// Two transactions stand in each other's way: the same once more will do.
    case conflict
    /// A key that is there already.
    case notUnique
    /// The disk of the server is full.
    case full
    /// A password, a role, a right is missing.
    case denied
    /// The database, the schema, a table or a column does not exist.
    case missing
    /// The server says that this worker has been given up (division by zero is how a statement says so).
    case givenUp
    /// A statement that the server does not accept.
    case refused
    /// Whether a change was made cannot be told: the connection was lost while the server answered.
    case unknownOutcome
  }

  package var kind: Kind
  package var sentence: String
  /// The SQLSTATE, if the server gave one.
  package var code: String?

  package init(_ kind: Kind, _ sentence: String, code: String? = nil) {
    self.kind = kind
    self.sentence = sentence
    self.code = code
  }

  package var exitStatus: ExitStatus {
    switch kind {
    case .noLibrary: .unavailable
    case .away, .crowded, .busy, .conflict, .unknownOutcome, .givenUp, .notUnique: .tryLater
    case .full: .io
    case .denied: .notAllowed
    case .missing: .badConfiguration
    case .refused: .badData
    }
  }

  /// What the class of an SQLSTATE means (PostgreSQL's manual, appendix A).
  static func kind(_ code: String) -> Kind {
    switch code {
    // 25P03 and 25P04: the server has ended a transaction that took too long, and the connection with it.
    case "25006", "25P03", "25P04", "57P01", "57P02", "57P03", "57P05": .away
    case "53300": .crowded
    case "53100": .full
    case "55P03", "57014": .busy
    case "40001", "40P01", noStatement: .conflict
    case "23505": .notUnique
    case "42501", "28000", "28P01": .denied
    case "3D000", "3F000", "42P01", "42703", "42704", "42883": .missing
    case "22012": .givenUp
    default:
      // Trouble of the connection, of its resources, of its system and of itself: another connection, later, may have none.
      ["08", "53", "58", "XX"].contains { code.hasPrefix($0) } ? .away : .refused
    }
  }

  /// A statement that was prepared is gone: somebody has reset the connection.
  static let noStatement = "26000"
}
