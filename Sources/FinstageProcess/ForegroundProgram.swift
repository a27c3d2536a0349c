import FinstageSystem

/// Programs that belong to the terminal as this one does, such as an editor or the stages of a pipeline.
package enum ForegroundProgram {
  /// Runs a program with the descriptors and the environment of this process. Returns its exit status, or 128 + the number of a signal.
  /// - Throws: `ProcessLauncher.Failure`, if it cannot be started.
  package static func run(_ arguments: [String]) throws -> Int32 {
    let child = try start(arguments)
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0 && errno == EINTR {}
    return exitStatus(status)
  }

  /// The status of a process as the shell tells it.
  package static func exitStatus(_ status: Int32) -> Int32 {
    status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
  }

  /// Starts a program in the group of this process, with its environment.
  /// - Parameter descriptors: which descriptor of this process becomes which one of the program.
  package static func start(_ arguments: [String], descriptors: [(from: Int32, to: Int32)] = []) throws -> pid_t {
    #if canImport(Darwin)
      var attributes: posix_spawnattr_t?
      var actions: posix_spawn_file_actions_t?
    #else
      var attributes = posix_spawnattr_t()
      var actions = posix_spawn_file_actions_t()
    #endif
    posix_spawnattr_init(&attributes)
    posix_spawn_file_actions_init(&actions)
    defer {
      posix_spawnattr_destroy(&attributes)
      posix_spawn_file_actions_destroy(&actions)
    }
    var signals = sigset_t()
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
    for (from, to) in descriptors { posix_spawn_file_actions_adddup2(&actions, from, to) }
    var words = arguments.map { ByteText.copy($0) as UnsafeMutablePointer<CChar>? } + [nil]
    var variables =
      Environment.all.map { ByteText.copy("\($0.key)=\($0.value)") as UnsafeMutablePointer<CChar>? } + [nil]
    defer { for text in words + variables { free(text) } }
    var child: pid_t = 0
    let code = posix_spawnp(&child, words[0]!, &actions, &attributes, &words, &variables)
    guard code == 0 else { throw ProcessLauncher.Failure("\(arguments[0]): \(systemErrorText(code))") }
    return child
  }
}
