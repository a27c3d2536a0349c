import CSQLite
import FinstageCore
import FinstageSystem

/// What went wrong with a database file.
package struct DatabaseError: ExitError, Equatable, Sendable {
  package enum Kind: Sendable, Equatable {
    /// The file is damaged or is not a finstage database.
    case corrupt
    /// A newer version of finstage wrote the file.
    case newer
    /// Another process held the file too long.
    case busy
    /// The disk is full.
    case full
    /// The file or its folder cannot be made or opened.
    case cannotOpen
    /// A signal has asked to stop.
    case interrupted
    /// Anything else.
    case other
  }

  package let kind: Kind
  package let path: String
  package let message: String

  package init(kind: Kind, path: String, message: String) {
    self.kind = kind
    self.path = path
    self.message = message
  }

  package var exitStatus: ExitStatus {
    switch kind {
    case .corrupt: .badData
    case .newer: .badConfiguration
    case .busy: .tryLater
    case .cannotOpen: .cannotCreate
    case .full, .interrupted, .other: .io
    }
  }

  package var sentence: String { "\(path): \(message)" }
}
