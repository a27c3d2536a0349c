#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

// Calls of the C library whose names methods of ours or of libraries hide, and the few that differ between systems.

package func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer, _ count: Int) -> Int {
  read(descriptor, buffer, count)
}

package func systemWrite(_ descriptor: Int32, _ buffer: UnsafeRawPointer, _ count: Int) -> Int {
  write(descriptor, buffer, count)
}

/// - Parameter mode: the rights of a file that is made.
package func systemOpen(_ path: String, _ flags: Int32, _ mode: mode_t = 0) -> Int32 { open(path, flags, mode) }

/// Where a path leads, links followed; the path itself if it leads nowhere.
package func systemRealPath(_ path: String) -> String {
  guard let real = realpath(path, nil) else { return path }
  defer { free(real) }
  return String(cString: real)
}

/// The file of this program; nil where that cannot be known.
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

/// Makes sure that descriptors 0, 1 and 2 are taken: where one was closed, the next file opened would become standard output or
/// error by accident. The stand-in fails on use, as a closed one does.
package func occupyStandardDescriptors() {
  for descriptor in 0...2 as ClosedRange<Int32> where fcntl(descriptor, F_GETFD) < 0 {
    _ = open("/dev/null", descriptor == 0 ? O_WRONLY : O_RDONLY)
  }
}

/// Lets a function be called for a signal; it may do only what is safe in a handler.
package func handleSignal(_ number: Int32, flags: Int32 = 0, _ handler: @escaping @convention(c) (Int32) -> Void) {
  var action = sigaction()
  sigemptyset(&action.sa_mask)
  action.sa_flags = flags
  #if canImport(Glibc)
    action.__sigaction_handler.sa_handler = handler
  #elseif canImport(Musl)
    action.__sa_handler.sa_handler = handler
  #else
    action.__sigaction_u.__sa_handler = handler
  #endif
  sigaction(number, &action, nil)
}

/// Resets a signal to what it does by default.
func resetSignal(_ number: Int32) { _ = signal(number, SIG_DFL) }

func ignoreSignal(_ number: Int32) { _ = signal(number, SIG_IGN) }

/// The text of an error number.
package func systemErrorText(_ code: Int32) -> String { String(cString: strerror(code)) }

/// Seconds of a clock.
package enum Clock {
  /// Since 1970, as the wall clock has it.
  package static var wall: Double { read(CLOCK_REALTIME) }
  /// Since some moment; never goes back.
  package static var monotonic: Double { read(CLOCK_MONOTONIC) }

  private static func read(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

/// What this process has used so far.
package struct ProcessUsage {
  package let cpuSeconds: Double
  package let peakMemoryBytes: Int

  package init() {
    let usage = ProcessUsage.own()
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
    cpuSeconds = seconds(usage.ru_utime) + seconds(usage.ru_stime)
    #if canImport(Darwin)
      peakMemoryBytes = Int(usage.ru_maxrss)
    #else
      // ru_maxrss remembers what the process was before exec, too; VmHWM does not. Both count KiB.
      peakMemoryBytes = (ProcessUsage.highWaterMark() ?? Int(usage.ru_maxrss)) * 1024
    #endif
  }

  private static func own() -> rusage {
    var usage = rusage()
    #if canImport(Glibc)
      getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    #else
      getrusage(RUSAGE_SELF, &usage)
    #endif
    return usage
  }

  /// The most memory that this process has had, in the unit of `ru_maxrss`.
  package static var ownPeak: Int {
    Int(own().ru_maxrss)
  }

  private static func highWaterMark() -> Int? {
    let descriptor = open("/proc/self/status", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    return withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 8) { buffer in
      let count = read(descriptor, buffer.baseAddress!, buffer.count)
      guard count > 0 else { return nil }
      let text = String(decoding: UnsafeRawBufferPointer(rebasing: buffer[..<count]), as: UTF8.self)
      for line in text.split(separator: "\n") where line.hasPrefix("VmHWM:") {
        return Int(line.filter { $0 >= "0" && $0 <= "9" })
      }
      return nil
    }
  }
}
