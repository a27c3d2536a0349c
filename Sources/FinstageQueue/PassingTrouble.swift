import FinstageCore
import FinstagePostgres
import FinstageStore

/// Why a queue does not do something now, but may soon: a worker keeps its results and tries again.
enum PassingTrouble {
  /// The disk is full.
  case full
  /// Somebody holds a lock for too long.
  case busy
  /// The server of the queue cannot be reached, or has no place for another connection.
  case away

  /// Nil for an error that no waiting mends.
  init?(_ error: any Error) {
    switch error {
    case let error as DatabaseError where error.kind == .full: self = .full
    case let error as DatabaseError where error.kind == .busy: self = .busy
    case let error as PostgresError:
      switch error.kind {
      case .full: self = .full
      case .busy, .conflict: self = .busy
      case .away, .crowded, .unknownOutcome, .givenUp: self = .away
      default: return nil
      }
    default: return nil
    }
  }
}
