/// The CPU time and memory that this process has used so far.
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
      // ru_maxrss includes what the process was before exec; VmHWM does not. Both count KiB.
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

  /// The bytes of one unit of `ru_maxrss`.
  package static var unitOfPeak: Int {
    #if canImport(Darwin)
      1
    #else
      1024
    #endif
  }

  /// The largest memory that this process has had, in the unit of `ru_maxrss`.
  package static var ownPeak: Int { Int(own().ru_maxrss) }

  private static func highWaterMark() -> Int? {
    guard let text = FileContent.text("/proc/self/status", limit: 4096) else { return nil }
    for line in text.split(separator: "\n") where line.hasPrefix("VmHWM:") {
      return Int(line.filter { $0 >= "0" && $0 <= "9" })
    }
    return nil
  }
}
