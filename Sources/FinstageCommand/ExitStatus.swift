import FinstageCore

/// The exit statuses of all tools (sysexits.h where it has one).
package enum ExitStatus: Int32 {
  case done = 0
  /// Some symbols or tasks failed, each named on stderr.
  case partly = 1
  case usage = 64
  case badData = 65
  case noInput = 66
  case unavailable = 69
  case ownFault = 70
  case cannotCreate = 73
  case io = 74
  case tryLater = 75
  case notAllowed = 77
  case badConfiguration = 78
}

/// A message for the user and the status to end with. An empty message ends silently.
package struct ToolFailure: Error {
  package let status: ExitStatus
  package let message: String

  package init(_ status: ExitStatus, _ message: String) {
    self.status = status
    self.message = message
  }

  package init(_ error: InputError) {
    let status: ExitStatus =
      switch error.kind {
      case .badData: .badData
      case .noInput: .noInput
      case .io: .io
      }
    self.init(status, error.description)
  }

  package init(_ error: FrameError) {
    switch error {
    case .input(let error): self.init(error)
    case .output(let error): self.init(error)
    case .data(let message): self.init(.badData, message)
    }
  }

  package init(_ error: OutputError) {
    switch error {
    case .closed: self.init(.done, "")
    case .cannotCreate(let path, let message): self.init(.cannotCreate, "\(path): cannot be written: \(message)")
    case .io(let path, let message): self.init(.io, "\(path): writing failed: \(message)")
    }
  }
}
