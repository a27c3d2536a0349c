/// An error that can be told to the user: one sentence, and the status to end with.
///
/// The launch of a tool (`FinstageCommand`) is the one place that turns an error into a message and a status. Whatever is
/// thrown below conforms to this, or is caught before it gets there.
package protocol ExitError: Error {
  var exitStatus: ExitStatus { get }
  /// What was wrong, where, and what to do; empty to end silently.
  var sentence: String { get }
}

extension Error {
  /// The sentence of any error, for messages.
  package var sentence: String { (self as? any ExitError)?.sentence ?? "\(self)" }
}

/// An error without a type of its own: a status and a sentence.
package struct ToolFailure: ExitError, Equatable {
  package let exitStatus: ExitStatus
  package let sentence: String

  package init(_ exitStatus: ExitStatus, _ sentence: String) {
    self.exitStatus = exitStatus
    self.sentence = sentence
  }

  /// The reader of the output has gone: the end, silently.
  package static let closed = ToolFailure(.done, "")
}

/// The data cannot be what was asked for.
package struct DataError: ExitError, Equatable {
  package var exitStatus: ExitStatus { .badData }
  package let sentence: String

  package init(_ sentence: String) { self.sentence = sentence }
}
