import FinstageSystem

/// The limit of open files of this process.
package enum DescriptorLimit {
  #if canImport(Glibc)
    private static let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
  #else
    private static let resource = RLIMIT_NOFILE
  #endif

  /// Raises the limit to `needed` as far as the hard limit allows; returns what it is now.
  package static func raise(to needed: Int) -> Int {
    var limit = rlimit()
    guard getrlimit(resource, &limit) == 0 else { return needed }
    if limit.rlim_cur < rlim_t(needed) {
      limit.rlim_cur = min(rlim_t(needed), limit.rlim_max)
      setrlimit(resource, &limit)
      getrlimit(resource, &limit)
    }
    return Int(min(limit.rlim_cur, rlim_t(Int32.max)))
  }

  /// Takes descriptor numbers, so that no descriptor of this process is in the way of one that a program is to inherit there.
  package static func reserve(_ numbers: [Int32]) {
    let nothing = systemOpen("/dev/null", O_RDONLY | O_CLOEXEC)
    guard nothing >= 0 else { return }
    for number in numbers where fcntl(number, F_GETFD) < 0 {
      dup2(nothing, number)
      _ = fcntl(number, F_SETFD, FD_CLOEXEC)
    }
    if !numbers.contains(nothing) { close(nothing) }
  }
}
