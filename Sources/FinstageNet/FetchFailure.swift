/// Why a symbol could not be fetched.
public struct FetchFailure: Error, Equatable, Sendable {
  public enum Kind: Sendable, Equatable {
    /// This symbol has no such data, or the answer is not what it should be.
    case symbol
    /// The service cannot be reached or is broken.
    case unavailable
    /// The service refuses for now: too many requests.
    case tryLater
    /// A signal asked to stop.
    case interrupted
  }

  /// What a second request may do.
  public enum Remedy: Sendable, Equatable {
    /// Nothing: it would get the same answer.
    case none
    /// Perhaps help.
    case again
    /// Nothing, for any symbol of this host.
    case leaveHost
  }

  public let kind: Kind
  /// What happened, and what to do.
  public let message: String
  public var remedy = Remedy.none
  /// Seconds that the service wants to be left alone.
  public var retryAfter: Double?
  /// The service knows for sure that there is no such thing: worth remembering for a while.
  public var isAbsence = false

  public init(_ kind: Kind, _ message: String, remedy: Remedy = .none, isAbsence: Bool = false) {
    self.kind = kind
    self.message = message
    self.remedy = remedy
    self.isAbsence = isAbsence
  }
}
