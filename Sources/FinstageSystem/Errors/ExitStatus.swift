/// The exit statuses of all tools (those of sysexits.h where it has one).
package enum ExitStatus: Int32, Sendable {
  case done = 0
  /// Some symbols or tasks failed, each named on standard error.
  case partly = 1
  case usage = 64
  case badData = 65
  case noInput = 66
  case unavailable = 69
  case cannotCreate = 73
  case io = 74
  case tryLater = 75
  /// A server refuses what this user asks for.
  case notAllowed = 77
  case badConfiguration = 78

  /// The status of a failed system call on a file of ours that was to be opened or made.
  package static func opening(_ code: Int32) -> ExitStatus {
    switch code {
    case ENOSPC, EDQUOT, EIO: .io
    case EMFILE, ENFILE, EAGAIN: .tryLater
    default: .cannotCreate
    }
  }
}
