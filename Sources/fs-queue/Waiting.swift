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
    let queue = try options.open()
    let end = timeout.map { Clock.monotonic + $0.seconds }
    var statuses: [Int32] = []
    for id in ids { statuses.append(try Wait.end(of: id, queue, until: end)) }
    if statuses.count == 1 { Wait.exit(statuses[0]) }
    if statuses.contains(75) { return .tryLater }
    return statuses.allSatisfy { $0 == 0 } ? .done : .partly
  }

  /// Ends the process with any status.
  private static func exit(_ status: Int32) -> Never { systemExitWith(status) }

  /// The status of a task's end, as a shell would show it.
  static func status(of task: TaskRecord) -> Int32 {
    switch task.state {
    case .completed: 0
    case .cancelled, .dead: 125
    default: task.reason == "expired" ? 125 : Int32(truncatingIfNeeded: task.status ?? 1)
    }
  }

  /// Waits for the end of a task: an alarm for each change, and a look now and then.
  static func end(of id: Int64, _ queue: TaskQueue, until end: Double?) throws(ToolFailure) -> Int32 {
    while true {
      let task = try known(id, queue)
      if task.state.isFinal { return status(of: task) }
      if let end, Clock.monotonic >= end { return 75 }
      if Interruption.signal != 0 { return 75 }
      _ = poll(nil, 0, 20)
    }
  }

  /// Waits, and prints what the task prints.
  static func follow(_ id: Int64, _ queue: TaskQueue, until end: Double?) throws(ToolFailure) -> ExitStatus {
    let status = try Wait.end(of: id, queue, until: end)
    let task = try known(id, queue)
    for errors in [false, true] {
      try Result.copy(id, attempt: task.attempt, errors: errors, queue, to: errors ? 2 : 1)
    }
    systemExitWith(status)
  }
}

/// Ends the process with a status that need not be one of ours.
func systemExitWith(_ status: Int32) -> Never {
  Interruption.dieIfRequested()
  exit(status)
}

/// `fs-queue result`: what a task has printed.
struct Result: Tool {
  static let configuration = CommandConfiguration(
    commandName: "result", abstract: "Print what a task has printed on standard output; status 69 if it has not ended.")

  @OptionGroup var options: QueueOptions
  @Argument(help: "The number of the task.") var id: Int64

  mutating func execute() throws(ToolFailure) -> ExitStatus {
    let queue = try options.open()
    let task = try known(id, queue)
    guard task.state.isFinal else {
      throw ToolFailure(.unavailable, "task \(id) is \(task.state.name): it has no result yet")
    }
    try Result.copy(id, attempt: task.attempt, errors: false, queue, to: 1)
    return .done
  }

  /// Writes what an attempt printed to a descriptor; nothing if it never ran.
  static func copy(
    _ id: Int64, attempt: Int64, errors: Bool, _ queue: TaskQueue, to descriptor: Int32, from offset: Int = 0
  ) throws(ToolFailure) {
    func put(_ bytes: ArraySlice<UInt8>) throws(ToolFailure) {
      var done = bytes.startIndex
      while done < bytes.endIndex {
        let count = bytes[done...].withUnsafeBytes { systemWriteAll(descriptor, $0) }
        if count < 0 {
          if errno == EPIPE { throw ToolFailure(.done, "") }
          throw ToolFailure(.io, "writing failed: \(String(cString: strerror(errno)))")
        }
        done += count
      }
    }
    let kept = try storing { () throws(DatabaseError) in try queue.output(id, attempt: attempt, errors: errors) }
    if let bytes = kept?.bytes { return try put(bytes.dropFirst(offset)) }
    let file = open(queue.logPath(id, attempt: attempt, errors: errors), O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return }
    defer { close(file) }
    lseek(file, off_t(offset), SEEK_SET)
    var block = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(file, &block, block.count)
      if count <= 0 { return }
      try put(block[..<count])
    }
  }
}

private func systemWriteAll(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
  write(descriptor, bytes.baseAddress, bytes.count)
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
    var task = try known(id, queue)
    let errors = !isOutput
    guard follow else {
      try Result.copy(id, attempt: attempt ?? task.attempt, errors: errors, queue, to: 1)
      return .done
    }
    var (shownAttempt, shown) = (attempt ?? max(task.attempt, 1), 0)
    while true {
      task = try known(id, queue)
      // What there is of this attempt: in the file while it runs, in the database afterwards.
      let size = try size(shownAttempt, errors, queue)
      if size > shown {
        try Result.copy(id, attempt: shownAttempt, errors: errors, queue, to: 1, from: shown)
        shown = size
      }
      let isOver = task.state.isFinal || task.attempt > shownAttempt
      if isOver {
        let last = try self.size(shownAttempt, errors, queue)
        if last > shown {
          try Result.copy(id, attempt: shownAttempt, errors: errors, queue, to: 1, from: shown)
        }
        if task.attempt > shownAttempt && attempt == nil {
          (shownAttempt, shown) = (shownAttempt + 1, 0)
          continue
        }
        return .done
      }
      if Interruption.signal != 0 { return .done }
      _ = poll(nil, 0, 50)
    }
  }

  private func size(_ attempt: Int64, _ errors: Bool, _ queue: TaskQueue) throws(ToolFailure) -> Int {
    let kept = try storing { () throws(DatabaseError) in try queue.output(id, attempt: attempt, errors: errors) }
    if let bytes = kept?.bytes { return bytes.count }
    return FileDetails.size(of: queue.logPath(id, attempt: attempt, errors: errors)) ?? 0
  }
}
