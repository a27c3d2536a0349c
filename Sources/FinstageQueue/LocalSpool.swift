import FinstageSystem

/// The files of a queue on this machine: locks of workers and of what runs, what tasks print, and the file that is touched when there
/// may be something to do.
package struct LocalSpool: Sendable {
  package let folder: String

  package init(folder: String) { self.folder = folder }

  static let parts = ["run", "logs"]

  /// Results up to this size are kept in the queue, larger ones in files.
  package static let inlineSize = 64 << 10

  /// The file that is written to when there may be something to do.
  package var wakePath: String { "\(folder)/run/wake" }

  /// The lock that a worker holds as long as it lives.
  package func workerLock(_ worker: String) -> String { "\(folder)/run/\(worker).lock" }

  /// The lock that each process of the task in a slot of a worker holds; the file says which task that is.
  package func slotLock(_ worker: String, _ slot: Int) -> String { "\(folder)/run/\(worker).\(slot).slot" }

  private static func ending(_ stream: TaskStream) -> String { stream == .log ? "err" : "out" }

  /// The file that the task in a slot prints to.
  package func slotLog(_ worker: String, _ slot: Int, _ stream: TaskStream) -> String {
    "\(folder)/logs/\(worker).\(slot).\(LocalSpool.ending(stream))"
  }

  /// What an attempt has printed, if it is too large for the queue.
  package func logPath(_ id: Int64, attempt: Int64, _ stream: TaskStream) -> String {
    "\(folder)/logs/\(id).\(attempt).\(LocalSpool.ending(stream))"
  }

  /// Wakes up all workers, so that they look for something to do.
  package func wake() {
    let descriptor = systemOpen(wakePath, O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return }
    _ = pwrite(descriptor, "w", 1, 0)
    close(descriptor)
  }

  /// The variables by which the processes of an attempt are known, whatever else they have left behind.
  func variables(_ id: Int64, attempt: Int64) -> [String] {
    ["FS_TASK_ID=\(id)", "FS_ATTEMPT=\(attempt)", "FS_QUEUE_HOME=\(folder)"]
  }

  /// The name of this machine.
  package static var hostName: String {
    var name = [CChar](repeating: 0, count: 256)
    return gethostname(&name, name.count - 1) == 0
      ? String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self) : "localhost"
  }

  /// What identifies the machine to others: that folder on that machine, in that space of process numbers. Whoever has all three in common can
  /// ask the kernel whether the other lives; all others go by its lease.
  func machine() -> String {
    let path = "\(folder)/run/machine"
    if FileContent.size(path) ?? 0 == 0 {
      let descriptor = systemOpen(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
      if descriptor >= 0 {
        FileContent.write(
          Array((0..<4).map { _ in String(UInt32.random(in: .min ... .max), radix: 16) }.joined().utf8), to: descriptor)
        close(descriptor)
      }
    }
    var space = stat()
    let isThere = stat("/proc/self/ns/pid", &space) == 0
    let parts = [
      LocalSpool.hostName, FileContent.text("/etc/machine-id", limit: 64) ?? "",
      FileContent.text(path, limit: 64) ?? "",
      isThere ? String(space.st_ino) : "",
    ]
    return parts.map { $0.filter { !$0.isWhitespace } }.joined(separator: "/")
  }

  /// Whether a worker of this machine lives.
  package func isAlive(_ worker: String) -> Bool { FileLock.isHeld(workerLock(worker)) }

  /// The names in one of the folders.
  package func names(in part: String) -> [String] { Folder.names(in: "\(folder)/\(part)") }

  /// Whether workers or tasks have left files: an empty database is then not a new one.
  var hasTraces: Bool { LocalSpool.parts.contains { names(in: $0).contains { $0 != "wake" } } }

  /// Removes the files of all slots of a worker.
  func removeFiles(of worker: String) {
    for part in LocalSpool.parts {
      for name in names(in: part) where name.hasPrefix(worker + ".") { unlink("\(folder)/\(part)/\(name)") }
    }
  }

  // MARK: - Large outputs

  /// Bytes of a file; nil if it cannot be read.
  static func read(_ path: String, from start: Int, limit: Int) -> [UInt8]? {
    let file = systemOpen(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    return FileContent.bytes(file, at: start, count: limit)
  }

  /// Writes the beginning and the end of a large output to a file, with a line between that says how much is missing.
  static func abridge(_ source: Int32, size: Int, head: Int, tail: Int, to path: String) {
    unlink(path)
    let target = systemOpen(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard target >= 0 else { return }
    defer { close(target) }
    copy(source, from: 0, count: head, to: target)
    FileContent.write(Array("\n[\(size - head - tail) bytes left out]\n".utf8), to: target)
    copy(source, from: size - tail, count: tail, to: target)
    fsync(target)
  }

  private static func copy(_ source: Int32, from start: Int, count: Int, to target: Int32) {
    var done = 0
    while done < count, let block = FileContent.bytes(source, at: start + done, count: min(1 << 16, count - done)),
      !block.isEmpty, FileContent.write(block, to: target)
    { done += block.count }
  }
}
