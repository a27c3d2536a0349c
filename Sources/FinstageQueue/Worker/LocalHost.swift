import CPlatform
import FinstageCore
import FinstageProcess
import FinstageSystem

/// Tasks on this machine: processes in groups of their own, in slots whose locks they inherit.
final class LocalHost: TaskHost {
  /// The descriptor that a task's processes inherit, so that the kernel knows whether any is left.
  static let lockDescriptor: Int32 = 200
  /// The descriptor for progress reports of a task; a single digit, because some shells support no others.
  static let progressDescriptor: Int32 = 3
  /// The descriptors of a slot and of what its task reads; and what everything else may need.
  private static let descriptorsOfSlot = 6
  private static let spareDescriptors = 64

  /// A task whose leader lives.
  private struct Leader {
    let id: Int64
    let attempt: Int64
    let slot: Slot
    let begun: Double
  }

  /// A task whose leader has ended, but not all of its processes.
  private struct Remainder {
    var ended: EndedAttempt
    let slot: Slot
    let since: Double
  }

  private(set) var capacity = 1
  private let spool: LocalSpool
  private let worker: String
  private let outputLimit: Int
  private let launcher: ProcessLauncher
  private let ballast: Ballast
  private let loop: EventLoop
  /// The standard input of most tasks.
  private let nothing = systemOpen("/dev/null", O_RDONLY | O_CLOEXEC)

  private var leaders: [pid_t: Leader] = [:]
  private var remainders: [Remainder] = []
  private var freeSlots: [Slot] = []
  private var slotsMade = 0
  private var talking: Set<pid_t> = []
  /// A task has ended since the last look for daemons; looking at each end would cost small tasks a tenth of their time.
  private var mayHaveLeft = false
  private var lastLook = 0.0
  /// Children of this process that are no task's, or that cannot be told: nobody has to look at them again.
  private var strangers: Set<pid_t> = []
  private static let lookInterval = 0.1

  /// - Parameters:
  ///   - address: what tasks get in FS_QUEUE; nil for a queue that is the folder.
  ///   - slots: how many tasks at a time; fewer where the limit of open files is too low.
  init(_ spool: LocalSpool, worker: String, address: String?, slots: Int, outputLimit: Int, _ loop: EventLoop) {
    self.spool = spool
    self.worker = worker
    self.outputLimit = outputLimit
    self.loop = loop
    DescriptorLimit.reserve([LocalHost.progressDescriptor, LocalHost.lockDescriptor])
    launcher = ProcessLauncher(
      shared: ["FS_PROGRESS_FD": String(LocalHost.progressDescriptor), "FS_QUEUE_HOME": spool.folder]
        .merging(address.map { ["FS_QUEUE": $0] } ?? [:]) { $1 },
      hidden: ["FS_TASK_ID", "FS_ATTEMPT", "FS_DEADLINE", "FS_PROGRESS_FD", "FS_QUEUE_HOME", "FS_QUEUE"])
    ballast = Ballast("\(spool.folder)/run/ballast")
    ChildSignal.install()
    loop.add("children", ChildSignal.descriptor) { ChildSignal.clear() }
    // What tasks leave behind comes to this process when it ends, and is collected.
    _ = fs_become_subreaper()
    strangers = Set(ProcessTable.children)
    resize(to: slots)
  }

  func resize(to slots: Int) {
    guard slots != capacity else { return }
    let needed = slots * LocalHost.descriptorsOfSlot + LocalHost.spareDescriptors
    let limit = DescriptorLimit.raise(to: needed)
    capacity = limit >= needed ? slots : max(1, (limit - LocalHost.spareDescriptors) / LocalHost.descriptorsOfSlot)
  }

  deinit { if nothing >= 0 { close(nothing) } }

  var taken: Int { leaders.count + remainders.count }
  var hasRoom: Bool { ballast.hasRoom() }
  var clock: Double { SystemClock.monotonic }
  func startTime(of process: pid_t) -> Int64 { ProcessTable.startTime(of: process) }
  func dropBallast() -> Bool { ballast.drop() }

  func wait(seconds: Double) {
    // What a task left behind is looked for often: nothing tells of its end.
    let patience = mayHaveLeft ? min(seconds, LocalHost.lookInterval) : seconds
    loop.wait(seconds: remainders.isEmpty ? patience : min(patience, 0.005))
  }

  // MARK: - Starting

  func start(_ task: ClaimedTask) -> StartOutcome {
    guard let slot = freeSlots.popLast() ?? makeSlot(), slot.write(task) else {
      let message = systemErrorText(errno)
      return Folder.has("\(spool.folder)/run") ? .later(message) : .homeless
    }
    let input = task.input.map(input) ?? nothing
    defer { if input >= 0 && input != nothing { close(input) } }
    guard input >= 0 else {
      freeSlots.append(slot)
      return .later("cannot keep its input: \(systemErrorText(errno))")
    }
    var environment = task.environment
    environment["FS_TASK_ID"] = String(task.id)
    environment["FS_ATTEMPT"] = String(task.attempt)
    if let timeout = task.timeout {
      environment["FS_DEADLINE"] = String(Int64(SystemClock.wall + Double(timeout) / 1000))
    }
    let program = Program(
      arguments: task.arguments, folder: task.folder, environment: environment,
      hasCleanEnvironment: task.hasCleanEnvironment)
    do {
      let process = try launcher.start(
        program,
        descriptors: [
          (input, 0), (slot.output, 1), (slot.log, 2), (slot.lock, LocalHost.lockDescriptor),
          (slot.progress.write, LocalHost.progressDescriptor),
        ])
      leaders[process] = Leader(id: task.id, attempt: task.attempt, slot: slot, begun: SystemClock.monotonic)
      loop.add("progress of slot \(slot.index)", slot.progress.read) { [unowned self] in talking.insert(process) }
      return .started(process: process, slot: slot.index)
    } catch {
      freeSlots.append(slot)
      return .impossible(error.sentence)
    }
  }

  private func makeSlot() -> Slot? {
    slotsMade += 1
    return Slot(slotsMade, worker: worker, spool, Slot.Bounds(limit: outputLimit))
  }

  /// What a task reads, as a file without a name; -1 on an error.
  private func input(_ bytes: [UInt8]) -> Int32 {
    let descriptor = FileContent.nameless(in: "\(spool.folder)/run")
    guard descriptor >= 0, FileContent.write(bytes, to: descriptor) else {
      if descriptor >= 0 { close(descriptor) }
      return -1
    }
    lseek(descriptor, 0, SEEK_SET)
    return descriptor
  }

  // MARK: - Ending

  func collect() -> [EndedAttempt] {
    var ended: [EndedAttempt] = []
    while true {
      let process = fs_ended_child()
      guard process > 0 else { break }
      // As long as it is not collected, no other process and no other group can have its number.
      if leaders[process] != nil { systemKill(-process, SIGKILL) }
      var status: Int32 = 0
      var usage = rusage()
      guard wait4(process, &status, WNOHANG, &usage) == process else { continue }
      guard let leader = leaders[process] else {
        // An orphan of a task; those that it has started have now become children of this process.
        mayHaveLeft = true
        continue
      }
      let low = status & 0x7F
      var outcome = AttemptOutcome(
        id: leader.id, attempt: leader.attempt, end: low == 0 ? .exited(status >> 8 & 0xFF) : .signalled(low))
      outcome.ran = Int64((SystemClock.monotonic - leader.begun) * 1000)
      outcome.userMicroseconds = LocalHost.microseconds(usage.ru_utime)
      outcome.systemMicroseconds = LocalHost.microseconds(usage.ru_stime)
      // For a small program, the kernel reports what this process used when it started the program.
      if usage.ru_maxrss > ProcessUsage.ownPeak { outcome.peakKilobytes = Int64(usage.ru_maxrss) }
      outcome.retryAfter = lastWords(of: process, leader)
      leaders[process] = nil
      talking.remove(process)
      loop.remove(leader.slot.progress.read)
      leader.slot.releaseLock()
      remainders.append(
        Remainder(
          ended: EndedAttempt(process: process, outcome: outcome), slot: leader.slot, since: SystemClock.monotonic))
      mayHaveLeft = true
    }
    while mayHaveLeft, leaders.isEmpty || SystemClock.monotonic - lastLook > LocalHost.lookInterval { endDaemons() }
    settle(&ended)
    return ended
  }

  /// Ends what has left its task's session and closed its descriptors: it is known by its variables, and has become a child of this
  /// process. What it leaves behind becomes one in its turn.
  private func endDaemons() {
    mayHaveLeft = false
    lastLook = SystemClock.monotonic
    let children = ProcessTable.children.filter { leaders[$0] == nil }
    strangers.formIntersection(children)
    for process in children where !strangers.contains(process) {
      let variables = ProcessTable.variables(of: process)
      let isOfRunning = leaders.values.contains { leader in
        spool.variables(leader.id, attempt: leader.attempt).allSatisfy(variables.contains)
      }
      if isOfRunning { continue }
      // A child that this process had when it became a worker has the queue, but no task.
      if variables.contains("FS_QUEUE_HOME=\(spool.folder)"), variables.contains(where: { $0.hasPrefix("FS_ATTEMPT=") })
      {
        systemKill(process, SIGKILL)
        // Those that it has started become children of this process when it has ended.
        if hasEnded(process) { mayHaveLeft = true } else { strangers.insert(process) }
      } else if ProcessTable.startTime(of: process) > 0 {
        strangers.insert(process)
      }
    }
  }

  /// Waits up to 200 ms for a child to end.
  private func hasEnded(_ process: pid_t) -> Bool {
    for _ in 0..<200 {
      if waitpid(process, nil, WNOHANG) == process { return true }
      usleep(1000)
    }
    return false
  }

  private static func microseconds(_ time: timeval) -> Int64 { Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_usec) }

  /// What a task has said last about when to run it again, in seconds.
  private func lastWords(of process: pid_t, _ leader: Leader) -> Double? {
    leader.slot.progressReader.read()?.retryAfter
  }

  /// A task has ended only when its last process has: ends what has left its group and lives on.
  private func settle(_ ended: inout [EndedAttempt]) {
    guard !remainders.isEmpty else { return }
    let rest = remainders
    remainders = []
    for var remainder in rest {
      let age = SystemClock.monotonic - remainder.since
      if remainder.slot.takeLock() {
        remainder.slot.takeOutput(&remainder.ended.outcome)
        freeSlots.append(remainder.slot)
        ended.append(remainder.ended)
        continue
      }
      if age > 5 {
        // Not ours to end, it seems: the result counts, the slot is given up.
        remainder.ended.warning = "task \(remainder.ended.outcome.id) left processes behind that cannot be ended"
        remainder.slot.takeOutput(&remainder.ended.outcome)
        ended.append(remainder.ended)
        continue
      }
      if age > 0.01 {
        let path = spool.slotLock(worker, remainder.slot.index)
        for process in ProcessTable.holders(of: path, usuallyOn: LocalHost.lockDescriptor) {
          ProcessTable.signal(process, SIGKILL) { ProcessTable.holds(process, path) }
        }
      }
      remainders.append(remainder)
    }
  }

  func signal(_ process: pid_t, _ request: TaskSignal) {
    guard let leader = leaders[process] else { return }
    switch request {
    case .stop: systemKill(-process, SIGSTOP)
    case .continue: systemKill(-process, SIGCONT)
    case .end:
      systemKill(-process, SIGTERM)
      // A stopped task must go on to receive it.
      systemKill(-process, SIGCONT)
    case .kill:
      systemKill(-process, SIGKILL)
      let path = spool.slotLock(worker, leader.slot.index)
      for holder in ProcessTable.holders(of: path, usuallyOn: LocalHost.lockDescriptor) {
        ProcessTable.signal(holder, SIGKILL) { ProcessTable.holds(holder, path) }
      }
    }
  }

  func trim() -> Int {
    var most = 0
    for leader in leaders.values { most = max(most, leader.slot.trim()) }
    return most
  }

  func reports() -> [(process: pid_t, report: ProgressReader.Report)] {
    guard !talking.isEmpty else { return [] }
    defer { talking.removeAll() }
    return talking.compactMap { process in
      leaders[process]?.slot.progressReader.read().map { (process, $0) }
    }
  }
}
