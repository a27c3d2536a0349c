import FinstageCore
import FinstageQueue
import FinstageStore
import FinstageSystem
import TestSupport

/// fs-queue against `xargs -P4` and against itself: how long adding and working take, how deep a queue may be, how soon what
/// happens elsewhere is noticed.
struct QueueBenchmark {
  private let folder = TemporaryFolder()
  private var tool: String { "\(Run.binaries)/fs-queue" }
  private var home: String { "\(folder.path)/q" }

  private func contender(_ name: String, _ command: String) -> Contest.Contender {
    Contest.Contender(name: name, command: "sh -c '\(command)'", output: "\(folder.path)/out")
  }

  // MARK: - Throughput

  func throughput() throws {
    let clean = "FS_QUEUE_HOME=\(home); export FS_QUEUE_HOME; rm -rf \(home)"
    print("100,000 tasks added from a pipe, in one transaction; one added by itself:")
    try Contest(
      contenders: [
        contender("fs-queue add --each", "\(clean); seq 100000 | \(tool) add --each -- true > /dev/null"),
        contender("fs-queue add, making the queue", "\(clean); \(tool) add -- true > /dev/null"),
      ], rounds: 5
    ).run()
    print("one added to a queue of 100,000:")
    let there = "FS_QUEUE_HOME=\(folder.path)/there; export FS_QUEUE_HOME"
    _ = try Run.shell("\(there); seq 100000 | fs-queue add --each -- true > /dev/null")
    try Contest(
      contenders: [
        contender("fs-queue add", "\(there); \(tool) add -- true > /dev/null"),
        contender("sh, doing nothing", "\(there); : > /dev/null"),
      ], rounds: 25, isShort: true
    ).run()
    print("20,000 no-op tasks, adding included (synchronous=FULL):")
    let add = "\(clean); seq 20000 | \(tool) add --each -- true > /dev/null"
    try Contest(
      contenders: [
        contender("fs-queue work --workers 4", "\(add); \(tool) work --drain --workers 4"),
        contender(
          "two of fs-queue work --workers 2",
          "\(add); { \(tool) work --drain --workers 2 & }; \(tool) work --drain --workers 2; wait"),
        contender("fs-queue work --fast", "\(add); \(tool) work --drain --workers 4 --fast"),
        contender("xargs -P4 -n1", "seq 20000 | xargs -P4 -n1 true"),
      ], rounds: 5
    ).run()
    let memory = try Run.shell(
      """
      export FS_QUEUE_HOME='\(home)'; seq 3000 | fs-queue add --each -- true > /dev/null; fs-queue work & worker=$!
      until fs-queue status | grep -q '^completed.*3000$'; do sleep 0.02; done; grep -E 'VmHWM|Pss:' /proc/$worker/status /proc/$worker/smaps_rollup
      kill $worker; wait $worker
      """)
    print("memory of a worker after 3,000 tasks:")
    for line in memory.lines { print("  \(line.split(separator: ":", maxSplits: 1).last ?? "")") }
  }

  // MARK: - Depth

  /// One turn: complete the last task, claim the next; in this process, without starting anything.
  func depth() throws {
    print("completing one task and claiming the next, in one transaction (synchronous=NORMAL, no process started):")
    var base: Double?
    for (name, pending, full, scheduled) in [
      ("10,000 pending", 10_000, 0, 0), ("100,000 pending", 100_000, 0, 0), ("1,000,000 pending", 1_000_000, 0, 0),
      ("the same behind 1,000,000 of a full group, 100,000 scheduled", 1_000_000, 1_000_000, 100_000),
    ] {
      let path = "\(folder.path)/depth.\(pending).\(full)"
      let queue = try SQLiteTaskQueue(folder: path, isDurable: false)
      try queue.change(group: "full", QueueGroupChange(limit: .some(1)))
      var blocker = task()
      blocker.group = "full"
      blocker.priority = .critical
      _ = try queue.add([blocker], policy: .reject)
      var first = WorkerTurn()
      first.wanted = 1
      _ = try queue.turn("blocker", first)
      try fill(queue, full) {
        $0.group = "full"
        $0.priority = .critical
      }
      try fill(queue, scheduled) { $0.dueIn = 86_400_000 }
      try fill(queue, pending) { _ in }
      let spent = try median(queue, 3000)
      if base == nil, pending == 100_000 { base = spent }
      print(
        "  \(name): \(Contest.fixed(spent * 1e6, 1)) us"
          + (base.map { ", \(Contest.fixed(spent / $0, 2)) times that at 100,000" } ?? ""))
      if full > 0 {
        let asked = try Run.shell(
          """
          export FS_QUEUE_HOME='\(path)'
          for what in 'add -- true' status 'list --limit 20' 'stats' 'dashboard --once'; do
            for i in 1 2 3 4 5 6 7; do
              begin=${EPOCHREALTIME/./}; fs-queue $what > /dev/null; end=${EPOCHREALTIME/./}; echo $((end - begin))
            done | sort -n | sed -n 4p | xargs printf '  fs-queue %s there: %s us\n' "$what"
          done
          """)
        print(asked.text, terminator: "")
      }
      _ = try Run.shell("rm -rf '\(path)'")
    }
  }

  private func task() -> NewTask { NewTask(arguments: ["true"], folder: "/") }

  private func fill(_ queue: SQLiteTaskQueue, _ count: Int, _ change: (inout NewTask) -> Void) throws {
    var done = 0
    while done < count {
      let part = min(50_000, count - done)
      var one = task()
      change(&one)
      _ = try queue.add([NewTask](repeating: one, count: part), policy: .reject)
      done += part
    }
  }

  /// Seconds a turn.
  private func median(_ queue: SQLiteTaskQueue, _ rounds: Int) throws -> Double {
    var last: ClaimedTask?
    var times: [Double] = []
    for _ in 0..<rounds {
      var turn = WorkerTurn()
      turn.wanted = 1
      if let last { turn.ended = [AttemptOutcome(id: last.id, attempt: last.attempt, end: .exited(0))] }
      let begin = SystemClock.monotonic
      last = try queue.turn("bench", turn).claimed.first
      times.append(SystemClock.monotonic - begin)
      guard last != nil else { throw Run.Failure(message: "nothing was claimed") }
    }
    return Contest.median(times)
  }

  // MARK: - Notice

  func notice() throws {
    func milliseconds(_ script: String, _ rounds: Int) throws -> [Double] {
      var times: [Double] = []
      for _ in 0..<rounds {
        let result = try Run.shell(script, folder: folder.path, environment: ["FS_QUEUE_HOME": home])
        guard let nanoseconds = Double(result.text.filter(\.isNumber)) else {
          throw Run.Failure(message: "\(result.text) \(result.errors)")
        }
        times.append(nanoseconds / 1e6)
      }
      return times.sorted()
    }
    func show(_ name: String, _ times: [Double]) {
      print(
        "  \(name): median \(Contest.fixed(Contest.median(times), 1)) ms, least \(Contest.fixed(times.first!, 1)), most \(Contest.fixed(times.last!, 1))"
      )
    }
    let idle =
      "rm -rf q go; fs-queue work --workers 1 & worker=$!; until [ -n \"$(fs-queue workers --json 2>/dev/null)\" ]; do sleep 0.01; done; sleep 0.2"
    print("from the return of fs-queue add to the start of the task, in a worker that sleeps:")
    show(
      "idle worker",
      try milliseconds(
        "\(idle); fs-queue add -- sh -c 'date +%s%N > begun' > /dev/null; added=$(date +%s%N); until [ -s begun ]; do :; done; begun=$(cat begun); rm begun; kill $worker; wait $worker 2>/dev/null; echo $(( begun > added ? begun - added : 0 ))",
        10))
    print("from kill -9 of a worker to the next attempt of its task, in another worker:")
    let lost =
      "rm -rf q begins; fs-queue add -- sh -c 'date +%s%N >> begins; [ $FS_ATTEMPT = 2 ] || sleep 50' > /dev/null; fs-queue work --workers 1 & victim=$!; until [ -s begins ]; do sleep 0.01; done; fs-queue work --drain & keeper=$!; sleep 0.7; killed=$(date +%s%N); kill -9 $victim; wait $keeper; echo $(( $(tail -1 begins) - killed ))"
    show("the task ends when asked", try milliseconds("{ \(lost); } 2>/dev/null", 7))
    show(
      "the task ignores TERM",
      try milliseconds(
        "{ \(lost.replacing("|| sleep 50", with: "|| { trap \"\" TERM; while :; do sleep 0.05; done; }")); } 2>/dev/null",
        7))
  }
}
