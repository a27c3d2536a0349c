import Synchronization

/// SIGINT and SIGTERM: the first one asks the tool to write what is complete and end; a second one ends it at once, unless it comes
/// within a second: some programs send two (timeout does, to the child and to its group).
/// SIGPIPE and SIGXFSZ are ignored, so that a closed pipe and a file that has reached its size limit show as errors of
/// `write`.
package enum Interruption {
  private static let received = Atomic<Int32>(0)
  /// When the first one came, in milliseconds of the monotonic clock.
  private static let receivedAt = Atomic<Int>(.max / 2)

  /// The signal that asked to stop, or 0.
  package static var signal: Int32 { received.load(ordering: .relaxed) }

  package static var isRequested: Bool { received.load(ordering: .relaxed) != 0 }

  /// Installs the handlers; call once, before threads are started. Blocking reads then return with EINTR.
  package static func install() {
    for number in [SIGINT, SIGTERM] { takes(number) }
    ignoreSignal(SIGPIPE)
    ignoreSignal(SIGXFSZ)
  }

  /// Waits until a time of the monotonic clock, or until a signal asks to stop.
  package static func wait(until time: Double) {
    while !isRequested {
      let left = time - SystemClock.monotonic
      if left <= 0 { return }
      _ = poll(nil, 0, Int32(min(left, 3600) * 1000) + 1)
    }
  }

  /// Lets another signal ask the tool to stop, as SIGTERM does.
  package static func takes(_ number: Int32) {
    var previous = sigaction()
    // A shell starts background jobs with SIGINT ignored, and nohup ignores SIGHUP: keep such signals ignored.
    if sigaction(number, nil, &previous) == 0, isIgnored(previous) { return }
    handleSignal(number) { number in
      var time = timespec()
      clock_gettime(CLOCK_MONOTONIC, &time)
      let now = Int(time.tv_sec) * 1000 + Int(time.tv_nsec) / 1_000_000
      if Interruption.received.exchange(number, ordering: .relaxed) == 0 {
        Interruption.receivedAt.store(now, ordering: .relaxed)
      } else if now - Interruption.receivedAt.load(ordering: .relaxed) >= 1000 {
        // The second signal, of either kind, stays pending until this handler returns, and then kills the process.
        resetSignal(number)
        _ = raise(number)
      }
    }
  }

  private static let reloads = Atomic<Bool>(false)

  private static let interrupts = Atomic<Bool>(false)

  /// Whether SIGHUP ends a blocking read, as SIGTERM does. Not before somebody goes on reading afterwards.
  package static var reloadInterruptsReads: Bool {
    get { interrupts.load(ordering: .relaxed) }
    set { interrupts.store(newValue, ordering: .relaxed) }
  }

  /// SIGHUP asks the tool to read its configuration again; `takeReload` says so once.
  package static func takesReload() {
    handleSignal(SIGHUP) { _ in Interruption.reloads.store(true, ordering: .relaxed) }
  }

  /// Whether a read is to end because SIGHUP has come.
  package static var endsReadsForReload: Bool { reloads.load(ordering: .relaxed) && reloadInterruptsReads }

  package static func takeReload() -> Bool { reloads.exchange(false, ordering: .relaxed) }

  private static func isIgnored(_ action: sigaction) -> Bool {
    #if canImport(Glibc)
      let handler = action.__sigaction_handler.sa_handler
    #elseif canImport(Musl)
      let handler = action.__sa_handler.sa_handler
    #else
      let handler = action.__sigaction_u.__sa_handler
    #endif
    return unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  /// Ends the process the way the received signal would have, so that the caller sees it (128 + number in a shell).
  package static func dieIfRequested() {
    let number = signal
    guard number != 0 else { return }
    resetSignal(number)
    _ = raise(number)
  }

  /// Blocks these signals in the calling thread, so that they always reach the thread that reads.
  package static func blockInThisThread() {
    var set = sigset_t()
    sigemptyset(&set)
    sigaddset(&set, SIGINT)
    sigaddset(&set, SIGTERM)
    sigaddset(&set, SIGHUP)
    pthread_sigmask(SIG_BLOCK, &set, nil)
  }
}
