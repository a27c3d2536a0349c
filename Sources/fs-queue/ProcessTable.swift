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

/// What the kernel knows of processes.
enum ProcessTable {
  /// When a process started, in ticks since the machine did: with its number, who it is. 0 where that cannot be known, and for one
  /// that has ended and only waits to be taken note of.
  static func startTime(of process: pid_t) -> Int64 {
    // The name of the program is in parentheses and may have anything in it.
    guard let text = text("/proc/\(process)/stat"), let close = text.lastIndex(of: ")") else { return 0 }
    let fields = text[text.index(after: close)...].split(separator: " ")
    guard fields.count > 19, fields[0] != "Z", fields[0] != "X" else { return 0 }
    return Int64(fields[19]) ?? 0
  }

  /// Whether the process that was recorded is still there; never true of another that has got its number.
  static func isAlive(_ process: pid_t, start: Int64) -> Bool {
    process > 0 && start > 0 && startTime(of: process) == start
  }

  /// Tells this start of the machine from others; empty where that cannot be known. FINSTAGE_BOOT_ID takes its place, for tests.
  static let boot: String =
    Environment["FINSTAGE_BOOT_ID"] ?? (text("/proc/sys/kernel/random/boot_id") ?? "").filter { !$0.isWhitespace }

  /// The processes that have a file open: first those that have it where tasks inherit it.
  static func holders(of path: String) -> [pid_t] {
    let real = systemRealPath(path)
    if let usual = lockHolders()[real] { return usual }
    return others.filter { process in
      numbers(in: "/proc/\(process)/fd").contains { link("/proc/\(process)/fd/\($0)") == real }
    }
  }

  /// The processes that have a file open where tasks inherit the lock of their slot, by that file.
  static func lockHolders() -> [String: [pid_t]] {
    var holders: [String: [pid_t]] = [:]
    for process in others {
      if let path = link("/proc/\(process)/fd/\(Spawn.lockDescriptor)") { holders[path, default: []].append(process) }
    }
    return holders
  }

  private static var others: [pid_t] { numbers(in: "/proc").filter { $0 != getpid() } }

  private static func numbers(in folder: String) -> [pid_t] {
    Folder.names(in: folder).compactMap { Int32($0) }
  }

  private static func link(_ path: String) -> String? {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 4096) { buffer in
      let count = readlink(path, buffer.baseAddress!, buffer.count)
      guard count > 0 else { return nil }
      return String(decoding: UnsafeRawBufferPointer(start: buffer.baseAddress!, count: count), as: UTF8.self)
    }
  }

  private static func text(_ path: String) -> String? {
    let descriptor = systemOpen(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    return withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 8) { buffer in
      let count = systemRead(descriptor, buffer.baseAddress!, buffer.count)
      return count > 0 ? String(decoding: UnsafeRawBufferPointer(rebasing: buffer[..<count]), as: UTF8.self) : nil
    }
  }
}
