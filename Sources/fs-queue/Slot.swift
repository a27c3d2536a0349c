import CPlatform
import FinstageCore
import FinstageStore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A place at a worker where one task at a time runs. Its files are made once and used by one task after the other: making and
/// removing files for each would take longer than starting a small program.
///
/// The lock is held from before a task starts until none of its processes is left: each inherits its descriptor. So a slot may be used
/// again exactly when its lock can be taken anew.
final class Slot {
  let index: Int
  private let spool: TaskSpool
  private let worker: String
  /// Held for the next task; -1 while processes of the last one have it.
  private(set) var lock: Int32 = -1
  private(set) var output: Int32 = -1
  private(set) var errors: Int32 = -1
  /// The end that tasks write to, and ours.
  private(set) var progress: (write: Int32, read: Int32) = (-1, -1)
  let progressReader: ProgressReader
  /// What has been left out of the output and the errors of a task that prints very much, from where to where.
  private var hole: (output: off_t, errors: off_t) = (0, 0)

  /// How much of an output is kept: its beginning, and the end.
  struct Bounds {
    var head: Int
    var tail: Int

    /// - Parameter limit: bytes in all.
    init(limit: Int) {
      head = min(1 << 20, limit / 4) & ~4095
      tail = max(limit - head, 4096) & ~4095
    }
  }

  private let bounds: Bounds

  /// Nil if the files cannot be made; `errno` says why.
  init?(_ index: Int, worker: String, _ spool: TaskSpool, _ bounds: Bounds) {
    self.index = index
    self.worker = worker
    self.spool = spool
    self.bounds = bounds
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return nil }
    progress = (ends[1], ends[0])
    progressReader = ProgressReader(ends[0])
    guard makeLogs() else { return nil }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)
    guard takeLock() else { return nil }
  }

  deinit {
    for descriptor in [lock, output, errors, progress.read, progress.write] where descriptor >= 0 { close(descriptor) }
  }

  private func makeLogs() -> Bool {
    for isErrors in [false, true] {
      let descriptor = systemOpen(
        spool.slotLog(worker, index, errors: isErrors), O_RDWR | O_CREAT | O_CLOEXEC | O_APPEND, 0o600)
      if descriptor < 0 { return false }
      if isErrors {
        if errors >= 0 { close(errors) }
        errors = descriptor
      } else {
        if output >= 0 { close(output) }
        output = descriptor
      }
    }
    return true
  }

  /// Takes the lock anew; false if a process of the last task has it.
  func takeLock() -> Bool {
    if lock >= 0 { return true }
    let descriptor = systemOpen(spool.slotLock(worker, index), O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return false }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      return false
    }
    lock = descriptor
    return true
  }

  /// Lets go of the lock, so that only what is left of the task has it.
  func releaseLock() {
    if lock >= 0 { close(lock) }
    lock = -1
  }

  /// Writes down which task is about to start: whoever finds the lock without its worker must know.
  func write(_ task: ClaimedTask) -> Bool {
    progressReader.forget()
    var record = Array("\(task.id) \(task.attempt)".utf8)
    record += [UInt8](repeating: 0x20, count: max(0, 47 - record.count)) + [0x0A]
    return pwrite(lock, record, record.count, 0) == record.count
  }

  /// The task that a slot's file tells of.
  static func task(_ path: String) -> (id: Int64, attempt: Int64)? {
    guard let bytes = SpooledOutput.read(path, limit: 48) else { return nil }
    let words = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isWhitespace).compactMap { Int64($0) }
    return words.count == 2 ? (words[0], words[1]) : nil
  }

  // MARK: - Output

  /// Gives back what lies between the beginning and the end of a large output. Returns how much has been printed.
  func trim() -> Int {
    var total = 0
    for isErrors in [false, true] {
      let descriptor = isErrors ? errors : output
      var status = stat()
      guard fstat(descriptor, &status) == 0 else { continue }
      total += Int(status.st_size)
      let end = (Int(status.st_size) - bounds.tail) & ~4095
      let start = max(Int(isErrors ? hole.errors : hole.output), bounds.head)
      guard end > start, fs_punch_hole(descriptor, off_t(start), off_t(end - start)) == 0 else { continue }
      if isErrors { hole.errors = off_t(end) } else { hole.output = off_t(end) }
    }
    return total
  }

  /// Takes what the task has printed: small outputs into the outcome, large ones into files of their own, safely on disk.
  func takeOutput(_ outcome: inout AttemptOutcome) {
    for isErrors in [false, true] {
      let descriptor = isErrors ? errors : output
      var status = stat()
      guard fstat(descriptor, &status) == 0, status.st_size > 0 else { continue }
      let size = Int(status.st_size)
      if isErrors { outcome.errorsLength = Int64(size) } else { outcome.outputLength = Int64(size) }
      // What cannot be read stays a file.
      if size <= SpooledOutput.inlineSize, let bytes = SpooledOutput.read(descriptor, count: size) {
        if isErrors { outcome.errors = bytes } else { outcome.output = bytes }
        ftruncate(descriptor, 0)
        continue
      }
      let path = spool.logPath(outcome.id, attempt: outcome.attempt, errors: isErrors)
      if size > bounds.head + bounds.tail {
        SpooledOutput.abridge(descriptor, size: size, head: bounds.head, tail: bounds.tail, to: path)
        ftruncate(descriptor, 0)
      } else {
        fsync(descriptor)
        rename(spool.slotLog(worker, index, errors: isErrors), path)
      }
      Folder.sync(Folder.parent(of: path))
    }
    hole = (0, 0)
    if !Folder.has(spool.slotLog(worker, index, errors: false))
      || !Folder.has(spool.slotLog(worker, index, errors: true))
    {
      _ = makeLogs()
    }
  }

  /// Removes the files of all slots of a worker.
  static func removeFiles(of worker: String, _ spool: TaskSpool) {
    for part in ["run", "logs"] {
      for name in spool.names(in: part) where name.hasPrefix(worker + ".") { unlink("\(spool.folder)/\(part)/\(name)") }
    }
  }
}
