/// Calls a function for a signal; the function may do only what is safe in a signal handler.
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

/// Gives a signal its default action.
func resetSignal(_ number: Int32) { _ = signal(number, SIG_DFL) }

func ignoreSignal(_ number: Int32) { _ = signal(number, SIG_IGN) }
