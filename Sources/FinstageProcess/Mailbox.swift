import FinstageSystem
import Synchronization

/// Messages from one thread to another, which can wait for them together with other things.
package final class Mailbox<Message: Sendable>: Sendable {
  private let messages = Mutex<[Message]>([])
  private let ends: (read: Int32, write: Int32)

  /// Nil if the system has no descriptors left.
  package init?() {
    guard let ends = systemPipe(nonblocking: true) else { return nil }
    self.ends = ends
  }

  deinit {
    close(ends.read)
    close(ends.write)
  }

  /// Readable while there are messages.
  package var descriptor: Int32 { ends.read }

  package func post(_ message: Message) {
    let isFirst = messages.withLock { messages in
      messages.append(message)
      return messages.count == 1
    }
    if isFirst { _ = systemWrite(ends.write, "m", 1) }
  }

  /// All messages, once each.
  package func take() -> [Message] {
    messages.withLock { all in
      if !all.isEmpty { EventLoop.drain(ends.read) }
      defer { all = [] }
      return all
    }
  }

  /// Waits for messages, and takes them.
  package func waitAndTake() -> [Message] {
    while true {
      let taken = take()
      if !taken.isEmpty { return taken }
      var ready = pollfd(fd: ends.read, events: Int16(POLLIN), revents: 0)
      _ = poll(&ready, 1, -1)
    }
  }
}
