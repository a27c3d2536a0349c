import CPlatform
import FinstageSystem

/// What a connection of a client goes over. Used by one thread.
package protocol ClientWire: AnyObject {
  /// For `poll`.
  var descriptor: Int32 { get }
  func read(_ buffer: UnsafeMutableRawBufferPointer) -> ReadOutcome
  func write(_ bytes: UnsafeRawBufferPointer) -> WriteOutcome
}

package enum ReadOutcome {
  case some(Int)
  /// Nothing at present.
  case nothing
  case ended
  case failed(String)
}

package enum WriteOutcome {
  case some(Int)
  /// No room at present.
  case nothing
  case failed(String)
}

/// Why there is no connection.
package enum WireFailure: Error, Equatable {
  /// It may be better later.
  case unreachable(String)
  /// Coming back is of no use: the server cannot prove who it is.
  case refused(String)

  package var sentence: String {
    switch self {
    case .unreachable(let reason), .refused(let reason): reason
    }
  }
}

/// Waits until a socket can be read from (`POLLIN`) or written to (`POLLOUT`); false if the time is over or a signal has come.
/// - Parameter deadline: by the monotonic clock.
package func waitForWire(_ descriptor: Int32, _ events: Int32, until deadline: Double, stopsOnSignal: Bool = true)
  -> Bool
{
  while true {
    let left = deadline - SystemClock.monotonic
    guard left > 0, !stopsOnSignal || !Interruption.isRequested else { return false }
    var ready = pollfd(fd: descriptor, events: Int16(events), revents: 0)
    if poll(&ready, 1, Int32((min(left, 1) * 1000).rounded(.up))) > 0 { return true }
  }
}
