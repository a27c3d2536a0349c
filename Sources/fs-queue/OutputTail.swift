import FinstageCommand
import FinstageCore
import FinstageQueue
import FinstageSystem

/// Copies what a task prints, attempt after attempt, as far as it is available.
struct OutputTail {
  private let queue: any TaskQueue
  private let id: Int64
  private let stream: TaskStream
  private let descriptor: Int32
  private var attempt: Int64
  private var shown = 0
  /// The only attempt to show; nil for all.
  private let only: Int64?
  /// Then what a task prints must not be commands to it.
  private let isTerminal: Bool

  private static let block = 1 << 16

  init(
    _ queue: any TaskQueue, _ id: Int64, _ stream: TaskStream, to descriptor: Int32, from first: Int64 = 1,
    only: Int64? = nil
  ) {
    self.queue = queue
    self.id = id
    self.stream = stream
    self.descriptor = descriptor
    self.only = only
    isTerminal = Terminal.isTerminal(descriptor)
    attempt = only ?? max(first, 1)
  }

  /// Copies what the task has printed since the last call.
  mutating func advance() throws {
    while true {
      // What the task is now decides whether there is more to come, so it is asked first.
      let task = try queue.known(id)
      let isOver = task.state.isFinal || task.attempt > attempt || !task.state.isHeld
      try copy()
      guard isOver, task.attempt > attempt, only == nil else { return }
      (attempt, shown) = (attempt + 1, 0)
    }
  }

  /// Copies the rest after the task has ended.
  mutating func finish() throws { try advance() }

  private mutating func copy() throws {
    while let part = try queue.output(id, attempt: attempt, stream, from: shown, limit: OutputTail.block), !part.isEmpty
    {
      var part = part
      if isTerminal, part.count == OutputTail.block {
        // A sequence that the next part ends is looked at whole.
        let tail = part.suffix(32)
        if let start = tail.lastIndex(where: { $0 == 0x1B || $0 == 0xC2 }), start > 0 { part.removeSubrange(start...) }
      }
      guard FileContent.write(isTerminal ? Terminal.plainOutput(part) : part, to: descriptor) else {
        throw errno == EPIPE
          ? OutputError.closed : OutputError.io(path: "<stdout>", message: systemErrorText(errno))
      }
      shown += part.count
    }
  }
}
