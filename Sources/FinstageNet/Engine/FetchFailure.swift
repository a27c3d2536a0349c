import FinstageSystem

/// Why a symbol could not be fetched.
package struct FetchFailure: ExitError, Equatable, Sendable {
  package enum Kind: Sendable, Equatable {
    /// This symbol has no such data, or the answer is not what it should be.
    case symbol
    /// The service cannot be reached or is broken.
    case unavailable
    /// The service refuses for now: too many requests.
    case tryLater
  }

  /// What a second request may do.
  package enum Remedy: Sendable, Equatable {
    /// Nothing: it would get the same answer.
    case none
    /// Perhaps help.
    case again
    /// Nothing, for any symbol of this host.
    case leaveHost
  }

  package let kind: Kind
  /// What happened, and what to do.
  package let sentence: String
  package var remedy = Remedy.none
  /// Seconds that the service wants to be left alone.
  package var retryAfter: Double?
  /// The service knows for sure that there is no such thing: worth remembering for a while.
  package var isAbsence = false

  package init(_ kind: Kind, _ sentence: String, remedy: Remedy = .none, isAbsence: Bool = false) {
    self.kind = kind
    self.sentence = sentence
    self.remedy = remedy
    self.isAbsence = isAbsence
  }

  package var exitStatus: ExitStatus {
    switch kind {
    case .symbol: .partly
    case .unavailable: .unavailable
    case .tryLater: .tryLater
    }
  }
}
