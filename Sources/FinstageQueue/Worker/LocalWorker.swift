import CPlatform
import FinstageCore
import FinstageProcess
import FinstageSystem

/// A worker process of this machine: its identity, its lock, and the parts that a `Worker` needs.
package final class LocalWorker {
  package struct Settings {
    package var slots = 4
    /// What tasks with a place this worker runs (see `NewTask.place`).
    package var places: [String] = []
    /// Stop when no task is left that is not finished.
    package var drains = false
    /// Seconds that running tasks may go on after TERM.
    package var grace = 30.0
    /// Milliseconds after which a ready task counts as one level more urgent.
    package var starvation: Int64?
    /// Bytes of an output that are kept.
    package var outputLimit = 16 << 20
    package var retention = Retention(completed: nil, failed: nil)

    package init() {}
  }

  private let queue: any TaskQueue
  private let spool: LocalSpool
  private let id: String
  private let ownLock: FileLock
  private let loop = EventLoop()
  private let ledger: Ledger
  private let worker: Worker
  private let watch: ProcessWatch
  private let warning: (String) -> Void

  /// - Parameters:
  ///   - spool: the files on this machine.
  ///   - warning, note: told what happens, for people.
  package init(
    _ queue: any TaskQueue, _ spool: LocalSpool, _ settings: Settings, warning: @escaping (String) -> Void,
    note: @escaping (String) -> Void
  ) throws {
    fs_inherit_nothing(Int32(min(sysconf(Int32(_SC_OPEN_MAX)), 65_536)))
    self.queue = queue
    self.spool = spool
    self.warning = warning
    let id = (0..<4).map { _ in String(UInt32.random(in: .min ... .max), radix: 16) }.joined(separator: "-")
    self.id = id
    guard let lock = FileLock(path: spool.workerLock(id)), lock.tryAcquire() else {
      throw ToolFailure(.opening(errno), "\(spool.folder)/run: \(systemErrorText(errno))")
    }
    ownLock = lock
    let host = LocalHost(
      spool, worker: id, address: queue.address, slots: settings.slots, outputLimit: settings.outputLimit, loop)
    if host.capacity < settings.slots {
      warning("only \(host.capacity) tasks at a time: the limit of open files is too low for more (ulimit -n)")
    }
    let identity = WorkerIdentity(
      id: id, pid: getpid(), start: ProcessTable.startTime(of: getpid()), boot: ProcessTable.boot,
      machine: queue.machine,
      host: queue.machine.isEmpty ? "" : LocalSpool.hostName, places: settings.places)
    try queue.register(identity, slots: host.capacity)
    // Closing the terminal stops the worker, too.
    Interruption.takes(SIGHUP)
    let alarm = queue.makeAlarm()
    guard let ledger = Ledger(queue, spool, worker: id, settings.retention, loop) else {
      throw ToolFailure(.io, "cannot start a thread: \(systemErrorText(errno))")
    }
    self.ledger = ledger
    var peerHasEnded: () -> Void = {}
    let watch = ProcessWatch(loop) { peerHasEnded() }
    self.watch = watch
    var decisions = Worker.Settings()
    decisions.drains = settings.drains
    decisions.grace = settings.grace
    decisions.starvation = settings.starvation
    decisions.outputLimit = settings.outputLimit
    // A third of the lease is left for ending what runs.
    decisions.fence = queue.lease.map { $0 * 2 / 3 }
    let worker = Worker(
      host, ledger, decisions, log: WorkerLog(place: queue.name, warning: warning, note: note),
      onPeers: { peers in
        watch.watch(
          peers.filter { $0.boot == ProcessTable.boot }.map { .init(name: $0.id, pid: $0.pid, start: $0.start) })
      })
    self.worker = worker
    peerHasEnded = { [unowned worker] in worker.peerHasEnded() }
    loop.add("wake-ups", alarm.descriptor) { [unowned worker] in
      alarm.clear()
      worker.look()
    }
  }

  package var completed: Int { worker.completed }
  package var failed: Int { worker.failed }

  /// Works until a signal says stop, or all tasks are finished if it drains.
  package func run() throws {
    do { try worker.run() } catch {
      ledger.end()
      let left = worker.unreported
      if PassingTrouble(error) != nil, !left.isEmpty {
        try KeptResults(spool).keep(left, of: id)
        warning(
          "\(left.count) result\(left.count == 1 ? " is" : "s are") kept on this machine: the next worker here tells the queue"
        )
      }
      throw error
    }
    ledger.end()
    try? queue.unregister(id)
    unlink(spool.workerLock(id))
    spool.removeFiles(of: id)
  }
}
