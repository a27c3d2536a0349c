import CPlatform
import FinstageProcess
import FinstageSystem

/// A worker's place for one task at a time. Its files are created once and reused by one task after the other, because
/// creating and removing files for each task would take longer than starting a small program.
///
/// The lock is taken before a task starts and held until its last process has ended, because each process inherits the
/// descriptor. So the slot is free exactly when its lock can be acquired again.
final class Slot {
  let index: Int
  private let spool: LocalSpool
  private let worker: String
  /// The lock, held for the next task; -1 while processes of the last task hold it.
  private(set) var lock: Int32 = -1
  private var logs: [TaskStream: Int32] = [.output: -1, .log: -1]
  /// The end of the pipe that tasks write to, and the end that the worker reads.
  private(set) var progress: (write: Int32, read: Int32) = (-1, -1)
  let progressReader: ProgressReader
  /// Up to where the middle of a stream has been given back to the disk, for a task that prints very much.
  private var trimmed: [TaskStream: off_t] = [:]

  /// How many bytes of an output are kept at its beginning and at its end.
  struct Bounds {
    var head: Int
    var tail: Int

    /// - Parameter limit: the total in bytes.
    init(limit: Int) {
      head = min(1 << 20, limit / 4) & ~4095
      tail = max(limit - head, 4096) & ~4095
    }
  }

  private let bounds: Bounds

  /// Returns nil if the files cannot be created; `errno` says why.
  init?(_ index: Int, worker: String, _ spool: LocalSpool, _ bounds: Bounds) {
    self.index = index
    self.worker = worker
    self.spool = spool
    self.bounds = bounds
    guard let ends = systemPipe(nonblocking: true) else { return nil }
    progress = (ends.write, ends.read)
    progressReader = ProgressReader(ends.read)
    guard makeLogs(), takeLock() else { return nil }
  }

  deinit {
    for descriptor in [lock, output, log, progress.read, progress.write] where descriptor >= 0 { close(descriptor) }
  }

  /// What the task's standard output and standard error are.
  var output: Int32 { logs[.output]! }
  var log: Int32 { logs[.log]! }

  private func makeLogs() -> Bool {
    for stream in TaskStream.allCases {
      let descriptor = systemOpen(
        spool.slotLog(worker, index, stream), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_APPEND, 0o600)
      if descriptor < 0 { return false }
      if let old = logs[stream], old >= 0 { close(old) }
      logs[stream] = descriptor
    }
    return true
  }

  /// Acquires the lock again; false if a process of the last task still holds it.
  func takeLock() -> Bool {
    if lock >= 0 { return true }
    let descriptor = systemOpen(spool.slotLock(worker, index), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return false }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      return false
    }
    // Up there it is closed in new processes before `start` returns (see `ProcessLauncher.firstOwn`).
    let high = fcntl(descriptor, F_DUPFD_CLOEXEC, ProcessLauncher.firstOwn)
    if high >= 0 { close(descriptor) }
    lock = high >= 0 ? high : descriptor
    return true
  }

  /// Lets go of the lock, so that only remaining processes of the task hold it.
  func releaseLock() {
    if lock >= 0 { close(lock) }
    lock = -1
  }

  /// Records which task is about to start, so that another worker can tell if this one dies.
  func write(_ task: ClaimedTask) -> Bool {
    progressReader.forget()
    var record = Array("\(task.id) \(task.attempt)".utf8)
    record += [UInt8](repeating: 0x20, count: max(0, 47 - record.count)) + [0x0A]
    return pwrite(lock, record, record.count, 0) == record.count
  }

  /// The task that a slot's file names.
  static func task(_ path: String) -> (id: Int64, attempt: Int64)? {
    guard let text = FileContent.text(path, limit: 48) else { return nil }
    let words = text.split(whereSeparator: \.isWhitespace).compactMap { Int64($0) }
    return words.count == 2 ? (words[0], words[1]) : nil
  }

  // MARK: - Output

  private func size(_ descriptor: Int32) -> Int {
    var status = stat()
    return fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
  }

  /// Frees the disk space between the beginning and the end of a large output. Returns how many bytes have been
  /// printed.
  func trim() -> Int {
    var total = 0
    for (stream, descriptor) in logs {
      let size = size(descriptor)
      total += size
      let end = (size - bounds.tail) & ~4095
      let start = max(Int(trimmed[stream] ?? 0), bounds.head)
      guard end > start, fs_punch_hole(descriptor, off_t(start), off_t(end - start)) == 0 else { continue }
      trimmed[stream] = off_t(end)
    }
    return total
  }

  /// Collects what the task has printed: small outputs go into the outcome, large ones into files of their own, safely
  /// on disk.
  func takeOutput(_ outcome: inout AttemptOutcome) {
    var isMoved = false
    for (stream, descriptor) in logs {
      let size = size(descriptor)
      guard size > 0 else { continue }
      if stream == .log { outcome.logLength = Int64(size) } else { outcome.outputLength = Int64(size) }
      // An output that cannot be read stays a file.
      if size <= LocalSpool.inlineSize, let bytes = FileContent.bytes(descriptor, at: 0, count: size) {
        if stream == .log { outcome.log = bytes } else { outcome.output = bytes }
        ftruncate(descriptor, 0)
        continue
      }
      let path = spool.logPath(outcome.id, attempt: outcome.attempt, stream)
      if size > bounds.head + bounds.tail {
        LocalSpool.abridge(descriptor, size: size, head: bounds.head, tail: bounds.tail, to: path)
        ftruncate(descriptor, 0)
      } else {
        fsync(descriptor)
        rename(spool.slotLog(worker, index, stream), path)
        isMoved = true
      }
      Folder.sync(Folder.parent(of: path))
    }
    trimmed = [:]
    if isMoved { _ = makeLogs() }
  }
}
