import CPlatform
import FinstageSystem

/// What the kernel knows about processes.
package enum ProcessTable {
  /// When a process started, in ticks since the machine did: together with its number, its identity. 0 where that cannot be known, and
  /// for a process that has ended and only waits to be collected.
  package static func startTime(of process: pid_t) -> Int64 {
    // The name of the program is in parentheses and may contain anything.
    guard let text = FileContent.text("/proc/\(process)/stat", limit: 4096), let close = text.lastIndex(of: ")") else {
      return 0
    }
    let fields = text[text.index(after: close)...].split(separator: " ")
    guard fields.count > 19, fields[0] != "Z", fields[0] != "X" else { return 0 }
    return Int64(fields[19]) ?? 0
  }

  /// Whether a recorded process is still alive; false if another process has taken its number.
  package static func isAlive(_ process: pid_t, start: Int64) -> Bool {
    process > 0 && start > 0 && startTime(of: process) == start
  }

  /// Identifies the current boot of the machine; empty if it is not available. Tests override it with FINSTAGE_BOOT_ID.
  package static let boot: String =
    Environment["FINSTAGE_BOOT_ID"]
    ?? (FileContent.text("/proc/sys/kernel/random/boot_id", limit: 64) ?? "").filter { !$0.isWhitespace }

  /// The processes that have a file open on a certain descriptor number, by that file.
  package static func holders(on descriptor: Int32) -> [String: [pid_t]] {
    var holders: [String: [pid_t]] = [:]
    for process in others {
      if let path = link("/proc/\(process)/fd/\(descriptor)") { holders[path, default: []].append(process) }
    }
    return holders
  }

  /// The processes that have a file open: first those that have it on a certain descriptor number, otherwise any.
  package static func holders(of path: String, usuallyOn descriptor: Int32) -> [pid_t] {
    let real = systemRealPath(path)
    if let usual = holders(on: descriptor)[real] { return usual }
    return others.filter { process in
      numbers(in: "/proc/\(process)/fd").contains { link("/proc/\(process)/fd/\($0)") == real }
    }
  }

  /// The children of this process: those of its first thread, which inherits orphans.
  package static var children: [pid_t] {
    let own = getpid()
    guard let text = FileContent.text("/proc/\(own)/task/\(own)/children", limit: 1 << 20) else { return [] }
    return text.split(separator: " ").compactMap { pid_t($0) }
  }

  /// Whether a process was started with all of these variables, each as `NAME=value`.
  package static func wasStarted(_ process: pid_t, with variables: [String]) -> Bool {
    variables.allSatisfy(self.variables(of: process).contains)
  }

  /// The variables that a process was started with, each as `NAME=value`; none if they cannot be read.
  ///
  /// While a process becomes another program, it has none for a moment: execve(2) takes the old ones away before it lays out the new
  /// ones. A process without any is therefore looked at again, for up to 50 ms.
  package static func variables(of process: pid_t) -> Set<String> {
    for _ in 0..<50 {
      guard let bytes = FileContent.bytes("/proc/\(process)/environ", limit: 4 << 20) else { return [] }
      if !bytes.isEmpty { return Set(bytes.split(separator: 0).map { ByteText.text($0) }) }
      // The kernel's own threads have no program, and those that have ended no start.
      guard startTime(of: process) > 0, link("/proc/\(process)/exe") != nil else { return [] }
      usleep(1000)
    }
    return []
  }

  /// All processes that were started with these variables, wherever they have gone since.
  package static func started(with variables: [String]) -> [pid_t] {
    others.filter { wasStarted($0, with: variables) }
  }

  /// Sends a signal to a process if it is still the one that is meant. The descriptor is of the process that has the number now; if that
  /// is the right one, no other can get the signal.
  package static func signal(_ process: pid_t, _ number: Int32, if isStill: () -> Bool) {
    let descriptor = fs_process_descriptor(process)
    let isKnown = descriptor >= 0 || errno != ESRCH
    defer { if descriptor >= 0 { close(descriptor) } }
    guard isKnown, isStill() else { return }
    if descriptor >= 0, fs_signal_process(descriptor, number) == 0 || errno == ESRCH { return }
    systemKill(process, number)
  }

  /// Whether a process has a file open.
  package static func holds(_ process: pid_t, _ path: String) -> Bool {
    let real = systemRealPath(path)
    return numbers(in: "/proc/\(process)/fd").contains { link("/proc/\(process)/fd/\($0)") == real }
  }

  private static var others: [pid_t] { numbers(in: "/proc").filter { $0 != getpid() } }

  private static func numbers(in folder: String) -> [pid_t] { Folder.names(in: folder).compactMap { Int32($0) } }

  private static func link(_ path: String) -> String? {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 4096) { buffer in
      let count = readlink(path, buffer.baseAddress!, buffer.count)
      guard count > 0 else { return nil }
      return String(decoding: UnsafeRawBufferPointer(start: buffer.baseAddress!, count: count), as: UTF8.self)
    }
  }
}
