import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageStore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// `fs-queue wait`: until tasks have ended.
struct Wait: Tool {
  static let configuration = CommandConfiguration(
    commandName: "wait",
    abstract: "Wait until tasks have ended; end with the status of the task, or 1 if one of several has failed.")

  @Option(help: ArgumentHelp("No longer than this; status 75 then.", valueName: "span")) var timeout: Span?
  @OptionGroup var options: QueueOptions
  @Argument(help: "The numbers of tasks.") var ids: [Int64]

  mutating func execute() throws(ToolFailure) -> ExitStatus {
    let follower = Follower(try options.open(), options.diagnostics("wait"))
    let end = timeout.map { Clock.monotonic + $0.seconds }
    var statuses: [Int32] = []
    for id in ids { statuses.append(try follower.end(of: id, until: end)) }
    if statuses.count == 1 { systemExitWith(statuses[0]) }
    if statuses.contains(75) { return .tryLater }
    return statuses.allSatisfy { $0 == 0 } ? .done : .partly
  }
}

/// Ends the process with a status that need not be one of ours.
func systemExitWith(_ status: Int32) -> Never {
  Interruption.dieIfRequested()
  exit(status)
}

/// Waits for tasks, and shows what they print as it comes.
struct Follower {
  private let queue: any TaskQueue
  private let diagnostics: Diagnostics

  init(_ queue: any TaskQueue, _ diagnostics: Diagnostics) {
    self.queue = queue
    self.diagnostics = diagnostics
  }

  /// The status of a task's end, as a shell would show it.
  private func status(of task: TaskRecord) -> Int32 {
    switch task.state {
    case .completed: 0
    case .cancelled, .dead: 125
    default: task.reason == "expired" ? 125 : Int32(truncatingIfNeeded: task.status ?? 1)
    }
  }

  /// Waits for the end of a task; 75 if there is none in time.
  func end(of id: Int64, until end: Double?, meanwhile: () throws(ToolFailure) -> Void = {}) throws(ToolFailure)
    -> Int32
  {
    // Quick tasks are to be waited for no longer than they take, long ones without work.
    var pause: Int32 = 1
    let begin = Clock.monotonic
    var hasLooked = false
    while true {
      let task = try known(id, queue)
      try meanwhile()
      if task.state.isFinal { return status(of: task) }
      if let end, Clock.monotonic >= end { return 75 }
      if Interruption.signal != 0 { return 75 }
      if !hasLooked, Clock.monotonic - begin > 2 {
        hasLooked = true
        let workers = try storing { () throws(DatabaseError) in try queue.workers() }
        if !workers.contains(where: { FileLock.isHeld(queue.spool.workerLock($0.identity.id)) }) {
          diagnostics.warning("no worker runs: nothing will happen before one does (fs-queue work)")
        }
      }
      _ = poll(nil, 0, pause)
      pause = min(pause * 2, 50)
    }
  }

  /// Waits for a task, shows both of its outputs as they come, and ends the process with its status.
  func follow(_ id: Int64) throws(ToolFailure) -> ExitStatus {
    var output = OutputTail(queue, id, errors: false, to: 1)
    var errors = OutputTail(queue, id, errors: true, to: 2)
    let status = try end(of: id, until: nil) { () throws(ToolFailure) in
      try output.advance()
      try errors.advance()
    }
    try output.finish()
    try errors.finish()
    if status == 125, let task = try? known(id, queue), let reason = task.reason {
      diagnostics.error("task \(id) is \(task.state.name) (\(reason))")
    }
    systemExitWith(status)
  }
}

/// What a task prints, attempt after attempt, copied as far as it is there.
struct OutputTail {
  private let queue: any TaskQueue
  private let id: Int64
  private let errors: Bool
  private let descriptor: Int32
  private var attempt: Int64 = 1
  private var shown = 0
  /// Only this attempt.
  private let only: Int64?

  init(
    _ queue: any TaskQueue, _ id: Int64, errors: Bool, to descriptor: Int32, from first: Int64 = 1, only: Int64? = nil
  ) {
    self.queue = queue
    self.id = id
    self.errors = errors
    self.descriptor = descriptor
    self.only = only
    attempt = only ?? max(first, 1)
  }

  /// Copies what has come since the last time.
  mutating func advance() throws(ToolFailure) {
    while true {
      let task = try known(id, queue)
      let isOver = task.state.isFinal || task.attempt > attempt || task.state != .running
      if isOver {
        try copyKept()
        guard task.attempt > attempt, only == nil else { return }
        (attempt, shown) = (attempt + 1, 0)
        continue
      }
      guard task.attempt == attempt, let owner = task.owner, let slot = task.slot else { return }
      let path = queue.spool.slotLog(owner, slot, errors: errors)
      let file = open(path, O_RDONLY | O_CLOEXEC)
      guard file >= 0 else { return }
      defer { close(file) }
      guard let block = SpooledOutput.read(file, from: shown, count: 1 << 16), !block.isEmpty else { return }
      // The file serves one task after the other: it was this one's if it still runs.
      let now = try known(id, queue)
      guard now.state == .running, now.attempt == attempt else { continue }
      try put(block[...])
      shown += block.count
    }
  }

  /// What is left when all is over.
  mutating func finish() throws(ToolFailure) { try advance() }

  /// What an attempt that is over printed, from where it was shown to.
  private mutating func copyKept() throws(ToolFailure) {
    let (id, attempt, errors) = (id, attempt, errors)
    let kept = try storing { () throws(DatabaseError) in try queue.output(id, attempt: attempt, errors: errors) }
    if let bytes = kept?.bytes {
      try put(bytes.dropFirst(shown))
      shown = max(shown, bytes.count)
      return
    }
    let file = open(queue.spool.logPath(id, attempt: attempt, errors: errors), O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return }
    defer { close(file) }
    while let block = SpooledOutput.read(file, from: shown, count: 1 << 16), !block.isEmpty {
      try put(block[...])
      shown += block.count
    }
  }

  private func put(_ bytes: ArraySlice<UInt8>) throws(ToolFailure) {
    var done = bytes.startIndex
    while done < bytes.endIndex {
      let count = bytes[done...].withUnsafeBytes { systemWrite(descriptor, $0.baseAddress!, $0.count) }
      if count < 0 {
        if errno == EINTR { continue }
        if errno == EPIPE { throw ToolFailure(.done, "") }
        throw ToolFailure(.io, "writing failed: \(systemErrorText(errno))")
      }
      done += count
    }
  }
}

/// `fs-queue result`: what a task has printed.
struct Result: Tool {
  static let configuration = CommandConfiguration(
    commandName: "result", abstract: "Print what a task has printed on standard output; status 69 if it has not ended.")

  @Flag(help: "Wait until it has ended.") var wait = false
  @OptionGroup var options: QueueOptions
  @Argument(help: "The number of the task.") var id: Int64

  mutating func execute() throws(ToolFailure) -> ExitStatus {
    let queue = try options.open()
    if wait { _ = try Follower(queue, options.diagnostics("result")).end(of: id, until: nil) }
    let task = try known(id, queue)
    guard task.state.isFinal else {
      throw ToolFailure(.unavailable, "task \(id) is \(task.state.name): it has no result yet")
    }
    guard task.attempt > 0 else {
      throw ToolFailure(.unavailable, "task \(id) was \(task.state.name) (\(task.reason ?? "")) before it ran")
    }
    var tail = OutputTail(queue, id, errors: false, to: 1, only: task.attempt)
    try tail.finish()
    return .done
  }
}

/// `fs-queue logs`: what a task prints on standard error.
struct Logs: Tool {
  static let configuration = CommandConfiguration(
    commandName: "logs", abstract: "Print the standard error of a task's last run, or of a running one as it comes.")

  @Flag(name: .shortAndLong, help: "Go on until the task has ended, through all its attempts.") var follow = false
  @Flag(name: .customLong("stdout"), help: "Standard output instead.") var isOutput = false
  @Option(help: ArgumentHelp("The log of this attempt, from 1.", valueName: "number")) var attempt: Int64?
  @OptionGroup var options: QueueOptions
  @Argument(help: "The number of the task.") var id: Int64

  mutating func execute() throws(ToolFailure) -> ExitStatus {
    let queue = try options.open()
    let task = try known(id, queue)
    if let attempt, attempt < 1 || attempt > task.attempt {
      throw ToolFailure(.noInput, "task \(id) has had \(task.attempt) attempts")
    }
    var tail = OutputTail(
      queue, id, errors: !isOutput, to: 1, from: task.attempt, only: attempt ?? (follow ? nil : max(task.attempt, 1)))
    guard follow else {
      try tail.finish()
      return .done
    }
    _ = try Follower(queue, options.diagnostics("logs")).end(of: id, until: nil) { () throws(ToolFailure) in
      try tail.advance()
    }
    try tail.finish()
    return .done
  }
}
