import CPlatform
import FinstageCore
import FinstageProcess
import FinstageSystem

/// What one stage of a pipeline has cost.
package struct StageMeasure: Sendable {
  package let command: String
  /// As the shell tells it: 128 and the number for a signal.
  package let status: Int
  package let wallSeconds: Double
  package let userSeconds: Double
  package let systemSeconds: Double
  /// Nil if it is not known.
  package let peakBytes: Int?
  /// What the peak cannot exceed.
  package let mostPeakBytes: Int
  package let readBytes: Int?
  package let writtenBytes: Int?
  /// Seconds of its time that it spent waiting for what comes before, for what comes after, and for anything else (a disk, the network, a
  /// clock); nil if it was too short to be looked at.
  package let inputWait: Double?
  package let outputWait: Double?
  package let otherWait: Double?

  package var cpuSeconds: Double { userSeconds + systemSeconds }

  /// The time that the stage takes for itself: what the others wait for.
  package var ownSeconds: Double {
    guard let inputWait, let outputWait else { return cpuSeconds }
    return max(cpuSeconds, wallSeconds - inputWait - outputWait)
  }

  package static let description = RecordDescription<StageMeasure>([
    .init("command", .text) { .string($0.command) }, .init("status", .integer) { JSONValue($0.status) },
    .init("wall_seconds", .number) { .rounded($0.wallSeconds, 6) },
    .init("user_seconds", .number) { .rounded($0.userSeconds, 6) },
    .init("system_seconds", .number) { .rounded($0.systemSeconds, 6) },
    .init("own_seconds", .number) { .rounded($0.ownSeconds, 6) },
    .init("waits_for_input_seconds", .number) { $0.inputWait.map { .rounded($0, 4) } ?? .null },
    .init("waits_for_output_seconds", .number) { $0.outputWait.map { .rounded($0, 4) } ?? .null },
    .init("waits_otherwise_seconds", .number) { $0.otherWait.map { .rounded($0, 4) } ?? .null },
    .init("peak_memory_bytes", .integer) { $0.peakBytes.map { JSONValue($0) } ?? .null },
    .init("peak_memory_at_most_bytes", .integer) { JSONValue($0.mostPeakBytes) },
    .init("read_bytes", .integer) { $0.readBytes.map { JSONValue($0) } ?? .null },
    .init("written_bytes", .integer) { $0.writtenBytes.map { JSONValue($0) } ?? .null },
  ])
}

/// A pipeline that is run once, each stage started by this process.
package struct PipelineMeasure: Sendable {
  package let wallSeconds: Double
  package let stages: [StageMeasure]

  /// The place of the stage that the others wait for.
  package var bottleneck: Int? { stages.indices.max { stages[$0].ownSeconds < stages[$1].ownSeconds } }

  /// As the shell tells it: that of the last stage.
  package var status: Int { stages.last?.status ?? 0 }

  /// Seconds between two looks at the stages.
  private static let interval = 0.01
  /// The same at first, since many stages live shortly.
  private static let firstInterval = 0.001
  private static let firstLooks = 20

  /// Runs stages, and waits for all of them. The first reads what this process reads, and the last writes where it is told to.
  /// - Parameters:
  ///   - stages: commands of the shell.
  ///   - output: the descriptor for the output of the last one.
  ///   - looks: whether to look at the stages while they run, for memory and waiting.
  package static func run(
    _ stages: [String], input: Int32 = 0, output: Int32 = 1, errors: Int32 = 2, looks: Bool = true
  ) throws -> PipelineMeasure {
    final class Running {
      let command: String
      let process: pid_t
      let started: Double
      var sampler: StageSampler
      var measure: StageMeasure?
      init(_ command: String, _ process: pid_t, started: Double) {
        self.command = command
        self.process = process
        self.started = started
        sampler = StageSampler(process)
      }
    }
    var running: [Running] = []
    let began = SystemClock.monotonic
    var next = input
    do {
      for (i, stage) in stages.enumerated() {
        let isLast = i == stages.count - 1
        var ends: (read: Int32, write: Int32)?
        if !isLast {
          ends = systemPipe()
          if ends == nil { throw ProcessLauncher.Failure("no pipe: \(systemErrorText(errno))") }
        }
        defer {
          if next != input { systemClose(next) }
          if let ends { systemClose(ends.write) }
          next = ends?.read ?? input
        }
        // Before the process is there: on a busy machine it may have done much when this one goes on.
        let started = SystemClock.monotonic
        let process = try ForegroundProgram.start(
          ["/bin/sh", "-c", PipelineText.script(stage)],
          descriptors: [(next, 0), (ends?.write ?? output, 1), (errors, 2)])
        running.append(Running(stage, process, started: started))
      }
    } catch {
      if next != input { systemClose(next) }
      for stage in running {
        systemKill(stage.process, SIGTERM)
        var status: Int32 = 0
        while waitpid(stage.process, &status, 0) < 0 && errno == EINTR {}
      }
      throw error
    }
    // Linux gives a new program the peak of the memory of whoever started it; only more than that is its own.
    let ownPeak = ProcessUsage.ownPeak
    let watch = StageEnds(running.map(\.process))
    var forwarded: Int32 = 0
    var looksTaken = 0
    while running.contains(where: { $0.measure == nil }) {
      if Interruption.signal != forwarded {
        forwarded = Interruption.signal
        for stage in running where stage.measure == nil { systemKill(stage.process, forwarded) }
      }
      watch.wait(seconds: !looks ? 1 : looksTaken < firstLooks ? firstInterval : interval)
      looksTaken += 1
      for stage in running where stage.measure == nil {
        guard StageEnds.hasEnded(stage.process) else {
          if looks { stage.sampler.sample() }
          continue
        }
        let bytes = stage.sampler.bytes()
        var usage = rusage()
        var status: Int32 = 0
        while wait4(stage.process, &status, 0, &usage) < 0 && errno == EINTR {}
        let wall = SystemClock.monotonic - stage.started
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
        let looked = stage.sampler.counts.reduce(0, +)
        func wait(_ doing: StageSampler.Doing) -> Double? {
          looked < 3 ? nil : wall * Double(stage.sampler.counts[doing.rawValue]) / Double(looked)
        }
        let unit = ProcessUsage.unitOfPeak
        stage.measure = StageMeasure(
          command: stage.command, status: Int(ForegroundProgram.exitStatus(status)), wallSeconds: wall,
          userSeconds: seconds(usage.ru_utime), systemSeconds: seconds(usage.ru_stime),
          peakBytes: Int(usage.ru_maxrss) > ownPeak ? Int(usage.ru_maxrss) * unit : stage.sampler.peakBytes,
          mostPeakBytes: Int(usage.ru_maxrss) * unit,
          readBytes: bytes?.read, writtenBytes: bytes?.written,
          inputWait: wait(.waitsForInput), outputWait: wait(.waitsForOutput), otherWait: wait(.waitsOtherwise))
      }
    }
    return PipelineMeasure(wallSeconds: SystemClock.monotonic - began, stages: running.compactMap(\.measure))
  }
}

/// Waits for the end of one of several processes.
private final class StageEnds {
  private var descriptors: [pollfd]

  init(_ processes: [pid_t]) {
    descriptors = processes.map { pollfd(fd: fs_process_descriptor($0), events: Int16(POLLIN), revents: 0) }
  }

  deinit { for item in descriptors where item.fd >= 0 { systemClose(item.fd) } }

  func wait(seconds: Double) {
    let canTell = descriptors.allSatisfy { $0.fd != -1 }
    _ = poll(&descriptors, nfds_t(descriptors.count), Int32((canTell ? seconds : min(seconds, 0.001)) * 1000))
    // A process that has ended stays readable: it is not asked again.
    for i in descriptors.indices where descriptors[i].revents != 0 {
      systemClose(descriptors[i].fd)
      descriptors[i] = pollfd(fd: -2, events: 0, revents: 0)
    }
  }

  /// Whether a process has ended; it is left for `wait4`.
  static func hasEnded(_ process: pid_t) -> Bool {
    var info = siginfo_t()
    return waitid(P_PID, id_t(process), &info, WEXITED | WNOHANG | WNOWAIT) != 0 || fs_siginfo_pid(&info) == process
  }
}
