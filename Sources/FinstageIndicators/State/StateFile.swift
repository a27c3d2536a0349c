import CZlib
import FinstageCore
import FinstageSystem

/// Why a state file cannot be used.
package enum StateFileError: ExitError, Equatable, Sendable {
  /// The file cannot be opened or created.
  case cannotOpen(path: String, code: Int32)
  /// The file cannot be read or written.
  case io(path: String, message: String)
  /// The file is something else, or damaged.
  case unusable(path: String, message: String)

  package var exitStatus: ExitStatus {
    switch self {
    case .cannotOpen(_, let code): .opening(code)
    case .io: .io
    case .unusable: .badData
    }
  }

  package var sentence: String {
    switch self {
    case .cannotOpen(let path, let code): "\(path): \(systemErrorText(code))"
    case .io(let path, let message), .unusable(let path, let message): "\(path): \(message)"
    }
  }
}

/// The states of all series of an `IndicatorSet` in a file, so that a later run continues where this one stopped.
///
/// The file is locked as long as this object lives, and other processes wait for it. Saving writes a new file beside
/// the old one and renames it, so a process killed at any point leaves either the old state or the new one. The lock is
/// on the file itself: a process that has waited checks whether the name still leads to the locked file, and starts
/// over if it does not.
///
/// Layout, in the byte order and word size of the machine, which are part of the magic number:
///
///     magic | length of the rest | CRC-32 of the rest
///     key: length, UTF-8
///     inputs: count, each an `InputMark`
///     series: count, each: length and bytes of its name, the records of its state
package final class StateFile {
  /// The name that the user gave, for messages, and the real path of the file to replace, so that a link stays a link.
  private let path: String
  private let place: String
  private var descriptor: Int32
  private static let magic: UInt64 = 0x0231_5453_5346_0A2E  // version 2 in its top byte

  /// The result of loading.
  package enum Outcome: Equatable, Sendable {
    /// There was no state yet.
    case new
    /// The number of series that continue.
    case resumed(Int)
    /// The state belongs to other indicators or parameters.
    case otherSet
  }

  /// The inputs that have been read to their end, and where each ended.
  package var marks: [InputMark] = []

  /// Seconds to wait for another process.
  private static let patience = 10.0

  /// Opens and locks a file; creates an empty one if there is none.
  /// - Parameter onWait: called once if another process has the lock.
  /// - Returns: nil if a signal came while waiting.
  package static func open(
    path: String, onWait: () -> Void
  ) throws -> StateFile? {
    var told = false
    let end = SystemClock.monotonic + StateFile.patience
    while true {
      let descriptor = systemOpen(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0o600)
      guard descriptor >= 0 else { throw StateFileError.cannotOpen(path: path, code: errno) }
      var isLocked = flock(descriptor, LOCK_EX | LOCK_NB) == 0
      if !isLocked {
        if !told { onWait() }
        told = true
        while !isLocked, !Interruption.isRequested, SystemClock.monotonic < end {
          usleep(10_000)
          isLocked = flock(descriptor, LOCK_EX | LOCK_NB) == 0
        }
        if !isLocked {
          let holder = FileLock.holder(ofFile: descriptor).map { ": \($0)" } ?? ""
          close(descriptor)
          if Interruption.isRequested { return nil }
          throw ToolFailure(
            .tryLater,
            "\(path): another process has had this state for \(Int(StateFile.patience)) s\(holder) (try again later)")
        }
      }
      var own = stat()
      var named = stat()
      if isLocked, fstat(descriptor, &own) == 0, ByteText.withCString(path, { stat($0, &named) }) == 0,
        own.st_ino == named.st_ino,
        own.st_dev == named.st_dev
      {
        guard own.st_mode & S_IFMT == S_IFREG else {
          close(descriptor)
          throw StateFileError.io(path: path, message: "it is no file")
        }
        do {
          try FileTrust.check(descriptor, path, advice: "a state is believed: keep your own")
        } catch {
          close(descriptor)
          throw error
        }
        return StateFile(path: path, descriptor: descriptor)
      }
      close(descriptor)  // it was replaced while we waited
    }
  }

  private init(path: String, descriptor: Int32) {
    self.path = path
    place = systemRealPath(path)
    self.descriptor = descriptor
  }

  deinit {
    // Remove a file that never got a state.
    var status = stat()
    if fstat(descriptor, &status) == 0 && status.st_size == 0 { unlink(place) }
    close(descriptor)
  }

  /// Puts the saved series into a set, and their names into the table of symbols, which must be empty.
  package func load(into set: IndicatorSet, _ symbols: SymbolTable) throws -> Outcome {
    let bytes = try readAll()
    if bytes.isEmpty { return .new }
    guard let (marks, count) = try StateFile.restore(bytes, path: path, into: set, symbols) else { return .otherSet }
    self.marks = marks
    return .resumed(count)
  }

  /// Puts the series of a file's bytes into a set. Returns the marks and the number of series, or nil if the state belongs to other
  /// indicators.
  static func restore(
    _ bytes: [UInt8], path: String, into set: IndicatorSet, _ symbols: SymbolTable
  ) throws -> (marks: [InputMark], count: Int)? {
    func unusable(_ message: String) -> StateFileError { .unusable(path: path, message: message) }
    var reader = StateReader(bytes)
    guard let magic: UInt64 = reader.value() else { throw unusable("not a state file of fs-indicators") }
    guard magic == StateFile.magic else {
      let isOurs = magic & ~(0xFF << 56) == StateFile.magic & ~(0xFF << 56)
      throw unusable(isOurs ? "written by another version of fs-indicators" : "not a state file of fs-indicators")
    }
    guard let length: UInt64 = reader.value(), let check: UInt64 = reader.value(), Int(exactly: length) == reader.rest,
      check == StateFile.checksum(bytes[reader.position...])
    else { throw unusable("the file is damaged (remove it to start over)") }
    // The checksum finds accidents. Who changes a file on purpose can renew it: all positions and counts are checked, here or where
    // they are used (see `WindowPlace`).
    guard let key = reader.text() else { throw unusable("the file is damaged (remove it to start over)") }
    if key != set.key { return nil }
    guard let marks: [InputMark] = reader.array(), marks.allSatisfy(\.isSane), let count: UInt64 = reader.value() else {
      throw unusable("the file is damaged (remove it to start over)")
    }
    let size = set.stateSize
    for _ in 0..<count {
      guard let name = reader.string(), let state = reader.take(size) else {
        throw unusable("the file is damaged (remove it to start over)")
      }
      let padded = Array(name) + [UInt8](repeating: 0, count: 8)
      let series =
        set.isKeyed ? padded.withUnsafeBufferPointer { symbols.intern($0.baseAddress!, name.count) } : 0
      guard state.withUnsafeBytes({ set.restoreState(of: series, from: $0.baseAddress!) }) else {
        throw unusable("the file is damaged (remove it to start over)")
      }
    }
    return (marks, Int(count))
  }

  /// Replaces the file with the states of all series.
  package func save(_ set: IndicatorSet, _ symbols: SymbolTable) throws {
    try replace(with: StateFile.sealed(StateFile.body(set, symbols, marks: marks)))
  }

  /// What a file says of its series.
  static func body(_ set: IndicatorSet, _ symbols: SymbolTable, marks: [InputMark]) -> [UInt8] {
    var body = StateWriter()
    body.append(text: set.key)
    body.append(array: marks)
    let series = (0..<(set.isKeyed ? symbols.count : 1)).filter { set.order.hasBars($0) }
    let size = set.stateSize
    body.append(UInt64(series.count))
    for id in series {
      body.append(bytes: set.isKeyed ? symbols.bytes(id) : [])
      body.append(size: size) { set.saveState(of: id, into: $0) }
    }
    return body.bytes
  }

  /// A file's bytes: the body after its length and its checksum.
  static func sealed(_ body: [UInt8]) -> [UInt8] {
    var head = StateWriter()
    head.append(StateFile.magic)
    head.append(UInt64(body.count))
    head.append(StateFile.checksum(body[...]))
    return head.bytes + body
  }

  private static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.withUnsafeBufferPointer { buffer in
      var check = crc32(0, nil, 0)
      var at = 0
      while at < buffer.count {
        let count = min(buffer.count - at, 1 << 30)
        check = crc32(check, buffer.baseAddress! + at, UInt32(count))
        at += count
      }
      return UInt64(check)
    }
  }

  private func unusable(_ message: String) -> StateFileError { .unusable(path: path, message: message) }

  private func readAll() throws -> [UInt8] {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw StateFileError.io(path: path, message: systemErrorText(errno)) }
    let size = Int(status.st_size)
    // A state has a few gigabytes at most; a much larger file is something else.
    guard size < 16 << 30 else { throw unusable("not a state file of fs-indicators") }
    var done = 0
    var failure: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while done < size {
        let got = pread(descriptor, buffer.baseAddress! + done, size - done, off_t(done))
        if got < 0 && errno == EINTR { continue }
        if got < 0 { failure = errno }
        if got <= 0 { break }
        done += got
      }
      count = done
    }
    if failure != 0 { throw StateFileError.io(path: path, message: systemErrorText(failure)) }
    return bytes
  }

  private func replace(with bytes: [UInt8]) throws {
    let draft = "\(place).\(getpid()).tmp"
    unlink(draft)  // left by a killed process with the same process ID
    let new = systemOpen(draft, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard new >= 0 else { throw StateFileError.cannotOpen(path: draft, code: errno) }
    func fail() -> StateFileError {
      let message = systemErrorText(errno)
      close(new)
      unlink(draft)
      return .io(path: path, message: message)
    }
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes { systemWrite(new, $0.baseAddress! + done, $0.count - done) }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw fail() }
      done += count
    }
    guard fsync(new) == 0, flock(new, LOCK_EX | LOCK_NB) == 0, rename(draft, place) == 0 else { throw fail() }
    close(descriptor)
    descriptor = new
    syncFolder()
  }

  /// Flushes the folder to disk, so that the rename itself survives a power cut.
  private func syncFolder() {
    let end = place.lastIndex(of: "/")
    let folder = end.map { $0 == place.startIndex ? "/" : String(place[..<$0]) } ?? "."
    let handle = systemOpen(folder, O_RDONLY | O_CLOEXEC)
    guard handle >= 0 else { return }
    fsync(handle)
    close(handle)
  }
}
