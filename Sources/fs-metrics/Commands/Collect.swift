import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageMetrics
import FinstageServe
import FinstageSystem

/// `fs-metrics collect`: readings of the machine and of processes.
struct Collect: Tool {
  static let configuration = CommandConfiguration(
    commandName: "collect",
    abstract: "Keep readings of this machine, and of processes, again and again.",
    discussion: """
      Readings are written at least every 10 s. The machine: cpu_percent, memory_percent, memory_used_bytes, memory_available_bytes (of the control group, if that has less), load1, open_files. A process (--pid): process_cpu_percent, process_cpu_seconds, process_memory_bytes, \
      process_peak_memory_bytes, process_threads, process_descriptors, process_read_bytes, process_written_bytes. The caches of the tools: cache_hit_rate (in percent, since the last reading), cache_items, cache_bytes. What cannot be read is a gap, not zero. A process is its number and its start: another one with the same number is not it.

      EXAMPLES:
        fs-metrics collect --every 60s
        fs-metrics collect --scrape http://localhost:8081/metrics --command 'fs-queue stats --prometheus'
        fs-metrics collect --every 10s --pid $(pgrep fs-stream) --print | fs-alert --rules metrics.conf
      """)

  @Option(help: ArgumentHelp("How often, 100ms to 1d.", valueName: "span")) var every = TimeSpan.seconds(60)
  @Option(help: ArgumentHelp("A process to look at as well; several times for more.", valueName: "number")) var pid:
    [Int] = []
  @Option(
    help: ArgumentHelp(
      "A page of metrics for Prometheus to take in as well, such as http://localhost:8081/metrics of fs-stream; several times for more.",
      valueName: "address"))
  var scrape: [String] = []
  @Option(
    help: ArgumentHelp(
      "A command whose output is such a page, such as 'fs-queue stats --prometheus'; several times for more.",
      valueName: "command"))
  var command: [String] = []
  @Option(help: ArgumentHelp("End after so many readings.", valueName: "count")) var count: Int?
  @Flag(help: "Write the readings to standard output as well.") var print = false
  @OptionGroup var store: MetricsStoreOption
  @Flag(name: .shortAndLong, help: "Print errors only.") var quiet = false

  mutating func validate() throws {
    guard (0.1...86_400).contains(every.seconds) else { throw ValidationError("--every must be 100ms to 1d") }
    guard count ?? 1 > 0 else { throw ValidationError("--count must be at least 1") }
    guard scrape.allSatisfy({ WebSocketAddress($0, path: "/metrics")?.isSecure == false }) else {
      throw ValidationError("--scrape must be an address such as http://localhost:8081/metrics")
    }
    guard pid.allSatisfy({ $0 > 0 }) else { throw ValidationError("--pid must be the number of a process") }
  }

  private static let agingInterval = 600.0

  mutating func execute() throws -> ExitStatus {
    var diagnostics = Diagnostics(tool: "fs-metrics collect")
    diagnostics.isQuiet = quiet
    let store = try self.store.open()
    var machine = MachineReader()
    var processes: [ProcessReader] = []
    var caches = CacheReader()
    _ = caches.read(at: 0)
    for number in pid {
      guard let reader = ProcessReader(number) else { throw ToolFailure(.noInput, "there is no process \(number)") }
      processes.append(reader)
    }
    // Rates need a reading before the first that is kept.
    _ = machine.read(at: 0)
    for i in processes.indices { _ = processes[i].read(at: 0) }
    let sink = print ? try ByteSink(path: "-") : nil
    var taken = 0
    var waiting: [MetricPoint] = []
    var nextWriting = 0.0
    var due = SystemClock.monotonic + (count == nil ? every.seconds : min(every.seconds, 1))
    var nextAging = 0.0
    while !Interruption.isRequested {
      Interruption.wait(until: due)
      if Interruption.isRequested { break }
      let now = SystemClock.wallNanoseconds
      var points = machine.read(at: now)
      for i in processes.indices.reversed() {
        if let more = processes[i].read(at: now) {
          points += more
        } else {
          diagnostics.warning("process \(processes[i].process) has ended")
          processes.remove(at: i)
        }
      }
      points += caches.read(at: now)
      for address in scrape { points += page(of: address, now, diagnostics) }
      for line in command { points += try output(of: line, now, diagnostics) }
      waiting += points
      if every.seconds >= Collect.longestWait || SystemClock.monotonic >= nextWriting {
        nextWriting = SystemClock.monotonic + Collect.longestWait
        try store.add(waiting)
        waiting = []
      }
      if let sink {
        for point in points { try sink.write(MetricRecord.json(point).text + "\n") }
        try sink.flush()
      }
      taken += 1
      if let count, taken >= count { break }
      if !pid.isEmpty, processes.isEmpty {
        diagnostics.warning("all processes have ended")
        break
      }
      if SystemClock.monotonic >= nextAging {
        nextAging = SystemClock.monotonic + Collect.agingInterval
        try store.age(now)
      }
      // On time, however long a reading takes.
      due += every.seconds
      if due < SystemClock.monotonic { due = SystemClock.monotonic }
    }
    try store.add(waiting)
    try sink?.finish()
    return .done
  }

  /// Seconds for which readings wait to be written together, at most.
  private static let longestWait = 10.0

  private static let largestPage = 4 << 20

  /// The readings of a page; one gap, `up` at 0, if the request fails.
  private func page(of address: String, _ now: Int64, _ diagnostics: Diagnostics) -> [MetricPoint] {
    let labels = ["source": address]
    func up(_ value: Double) -> MetricPoint { MetricPoint(name: "up", labels: labels, time: now, value: value) }
    do throws(WebSocketClient.Failure) {
      let answer = try ServerRequest.send(WebSocketAddress(address, path: "/metrics")!)
      guard answer.status == 200 else { throw .refused("HTTP \(answer.status)") }
      return taken(String(decoding: answer.body, as: UTF8.self), now, labels, diagnostics) + [up(1)]
    } catch {
      switch error {
      case .refused(let text), .unreachable(let text): diagnostics.warning("\(address): \(text)")
      }
      return [up(0)]
    }
  }

  private func output(of line: String, _ now: Int64, _ diagnostics: Diagnostics) throws -> [MetricPoint] {
    let target = FileContent.nameless(in: Environment["TMPDIR"] ?? "/tmp")
    guard target >= 0 else { throw ToolFailure(.io, "no file for the output: \(systemErrorText(errno))") }
    defer { systemClose(target) }
    let nothing = systemOpen("/dev/null", O_RDONLY | O_CLOEXEC)
    defer { systemClose(nothing) }
    let run = try PipelineMeasure.run([line], input: nothing, output: target, looks: false)
    if run.status != 0 { diagnostics.warning("\(line): ended with status \(run.status)") }
    lseek(target, 0, SEEK_SET)
    let bytes = FileContent.bytes(target, limit: Collect.largestPage) ?? []
    return taken(String(decoding: bytes, as: UTF8.self), now, [:], diagnostics)
  }

  private func taken(_ text: String, _ now: Int64, _ labels: [String: String], _ diagnostics: Diagnostics)
    -> [MetricPoint]
  {
    let (points, bad) = ExpositionReader.points(text, at: now, labels: labels)
    if bad > 0 { diagnostics.warning("\(bad) lines are not of Prometheus' format, and were left out") }
    return points
  }
}
