import FinstageSystem

/// Why a symbol could not be fetched.
package struct FetchFailure: ExitError, Equatable, Sendable {
  package enum Kind: Sendable, Equatable {
    /// The symbol has no such data, or the answer is unusable.
    case symbol
    /// The service cannot be reached or is broken.
    case unavailable
    /// The service refuses for now: too many requests.
    case tryLater
  }

  /// What a retry may achieve.
  package enum Remedy: Sendable, Equatable {
    /// Nothing: a retry would get the same answer.
    case none
    /// A retry may help.
    case again
    /// Nothing, for any symbol: stop sending requests to this host.
    case leaveHost
  }

  /// Whose fault it is.
  package enum Cause: Sendable, Equatable {
    /// This answer's: its body, or a status that is about the request.
    case answer
    /// The host or the way there: no connection, no answer in time, a 5xx.
    case host
  }

  package let kind: Kind
  /// What happened, and what to do.
  package let sentence: String
  package var remedy = Remedy.none
  package var cause = Cause.answer
  /// The pause that the service asks for, in seconds.
  package var retryAfter: Double?
  /// The service states that the symbol or its data does not exist: worth remembering for a while.
  package var isAbsence = false

  package init(
    _ kind: Kind, _ sentence: String, remedy: Remedy = .none, cause: Cause = .answer, isAbsence: Bool = false
  ) {
    self.kind = kind
    self.sentence = sentence
    self.remedy = remedy
    self.cause = cause
    self.isAbsence = isAbsence
  }

  /// Whether the service asks for fewer requests.
  var isThrottling: Bool { remedy == .again && (kind == .tryLater || retryAfter != nil) }

  package var exitStatus: ExitStatus {
    switch kind {
    case .symbol: .partly
    case .unavailable: .unavailable
    case .tryLater: .tryLater
    }
  }
}
