// Calls of the C library whose names methods of ours or of other libraries hide, and calls that differ between systems.

package func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer, _ count: Int) -> Int {
  read(descriptor, buffer, count)
}

package func systemWrite(_ descriptor: Int32, _ buffer: UnsafeRawPointer, _ count: Int) -> Int {
  write(descriptor, buffer, count)
}

/// - Parameter mode: the permissions of a file that this call creates.
package func systemOpen(_ path: String, _ flags: Int32, _ mode: mode_t = 0) -> Int32 {
  ByteText.withCString(path) { open($0, flags, mode) }
}

@discardableResult
package func systemClose(_ descriptor: Int32) -> Int32 { close(descriptor) }

package func systemKill(_ process: pid_t, _ number: Int32) { _ = kill(process, number) }

/// The path with all links resolved; the path itself if it leads nowhere.
package func systemRealPath(_ path: String) -> String {
  guard let real = realpath(path, nil) else { return path }
  defer { free(real) }
  return String(cString: real)
}

/// The file of this program; nil where the system does not tell.
package func systemExecutablePath() -> String? {
  #if canImport(Darwin)
    var size: UInt32 = 4096
    var buffer = [CChar](repeating: 0, count: Int(size))
    guard _NSGetExecutablePath(&buffer, &size) == 0, let real = realpath(buffer, nil) else { return nil }
  #else
    guard let real = realpath("/proc/self/exe", nil) else { return nil }
  #endif
  defer { free(real) }
  return String(cString: real)
}

package func systemExit(_ status: Int32) -> Never { exit(status) }

/// The message for an error number.
package func systemErrorText(_ code: Int32) -> String { String(cString: strerror(code)) }

/// Opens something on descriptors 0, 1 and 2 wherever one was closed: otherwise the next file opened would become standard output
/// or standard error by accident. The stand-in fails on use, as a closed descriptor does.
package func occupyStandardDescriptors() {
  for descriptor in 0...2 as ClosedRange<Int32> where fcntl(descriptor, F_GETFD) < 0 {
    _ = open("/dev/null", descriptor == 0 ? O_WRONLY : O_RDONLY)
  }
}

/// A pipe whose ends no child inherits; nil if the system has no descriptors left (`errno` says why).
/// - Parameter nonblocking: reading from an empty pipe returns at once.
package func systemPipe(nonblocking: Bool = false) -> (read: Int32, write: Int32)? {
  var ends: [Int32] = [-1, -1]
  guard pipe(&ends) == 0 else { return nil }
  for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
  if nonblocking { _ = fcntl(ends[0], F_SETFL, O_NONBLOCK) }
  return (ends[0], ends[1])
}

/// When a file or its status was last changed, in nanoseconds since 1970.
package func systemChangeTime(_ status: stat) -> Int64 {
  #if canImport(Darwin)
    Int64(status.st_ctimespec.tv_sec) * 1_000_000_000 + Int64(status.st_ctimespec.tv_nsec)
  #else
    Int64(status.st_ctim.tv_sec) * 1_000_000_000 + Int64(status.st_ctim.tv_nsec)
  #endif
}
