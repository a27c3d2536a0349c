import FinstageSystem

/// A program that takes the terminal over for a while, such as an editor.
package enum ForegroundProgram {
  /// Runs a program with the descriptors and the environment of this process. Returns its exit status, or 128 + the number of a signal.
  /// - Throws: `ProcessLauncher.Failure`, if it cannot be started.
  package static func run(_ arguments: [String]) throws -> Int32 {
    #if canImport(Darwin)
      var attributes: posix_spawnattr_t?
    #else
      var attributes = posix_spawnattr_t()
    #endif
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
    var words = arguments.map { ByteText.copy($0) as UnsafeMutablePointer<CChar>? } + [nil]
    var variables =
      Environment.all.map { ByteText.copy("\($0.key)=\($0.value)") as UnsafeMutablePointer<CChar>? } + [nil]
    defer { for text in words + variables { free(text) } }
    var child: pid_t = 0
    let code = posix_spawnp(&child, words[0]!, nil, &attributes, &words, &variables)
    guard code == 0 else { throw ProcessLauncher.Failure("\(arguments[0]): \(systemErrorText(code))") }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0 && errno == EINTR {}
    return status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
  }
}
