/// A POSIX thread that runs one closure, with SIGINT, SIGTERM and SIGHUP blocked. `join` or `detach` must be called.
package final class WorkerThread {
  private final class Body {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  private let thread: pthread_t

  /// Nil if the system cannot start another thread.
  package init?(_ run: @escaping @Sendable () -> Void) {
    let body = Unmanaged.passRetained(Body(run))
    #if canImport(Darwin)
      var created: pthread_t?
      let status = pthread_create(&created, nil, { Self.enter($0) }, body.toOpaque())
    #else
      var created = pthread_t()
      let status = pthread_create(&created, nil, { WorkerThread.enter($0!) }, body.toOpaque())
    #endif
    guard status == 0 else {
      body.release()
      return nil
    }
    #if canImport(Darwin)
      thread = created!
    #else
      thread = created
    #endif
  }

  private static func enter(_ context: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
    Interruption.blockInThisThread()
    Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run()
    return nil
  }

  package func join() { pthread_join(thread, nil) }

  /// Lets the thread run on its own until it or the process ends.
  package func detach() { pthread_detach(thread) }
}
