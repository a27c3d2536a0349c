import FinstagePostgres
import FinstageSystem
import TestSupport
import Testing

/// fs-queue over PostgreSQL, with a folder of its own for each "machine": what is on one cannot be seen by another.
@Suite(.enabled(if: Environment["FINSTAGE_TEST_POSTGRES"] != nil)) struct ClusterQueueTests {
  let folder = TemporaryFolder()
  let address: String

  init() throws {
    address = try #require(Environment["FINSTAGE_TEST_POSTGRES"]) + "?schema=c_\(UInt64.random(in: .min ... .max))"
    let made = try queue("a", "schema", "--apply")
    #expect(made.status == 0, "\(made.errors)")
  }

  private func environment(_ machine: String) -> [String: String] {
    ["FINSTAGE_HOME": "\(folder.path)/\(machine)", "FS_QUEUE": address, "OUT": "\(folder.path)/out"]
  }

  @discardableResult
  private func queue(_ machine: String, _ arguments: String..., input: String = "") throws -> Run.Result {
    try Run.tool("fs-queue", arguments, input: input, environment: environment(machine))
  }

  private func add(_ machine: String, _ arguments: String...) throws -> String {
    let result = try Run.tool("fs-queue", ["add"] + arguments, environment: environment(machine))
    #expect(result.status == 0, "\(result.errors)")
    return result.text.filter(\.isNumber)
  }

  private func worker(_ machine: String, _ arguments: String...) throws -> Child {
    try Child(tool: "fs-queue", ["work"] + arguments, environment: environment(machine), mergesErrors: true)
  }

  private func sql(_ text: String) throws { try PostgresConnection(PostgresAddress(address)).run(text) }
  private var schema: String { get throws { try PostgresAddress(address).schema } }

  func wait(_ what: String, seconds: Double = 20, _ condition: () throws -> Bool) throws {
    let end = Run.now() + seconds
    while try !condition() {
      guard Run.now() < end else { throw Run.Failure(message: "\(what): not within \(seconds) s") }
      usleep(20_000)
    }
  }

  private func lines() -> [Substring] {
    (FileContent.text("\(folder.path)/out", limit: 1 << 20) ?? "").split(separator: "\n")
  }

  @Test func machinesShareTheWorkAndEachTaskRunsOnce() throws {
    let ids = try queue(
      "a", "add", "--each", "--", "sh", "-c", "echo $1 >> $OUT; echo out $1", "sh", "{}",
      input: (1...60).map { "\($0)\n" }.joined())
    #expect(ids.lines.count == 60)
    let workers = try ["a", "b", "c"].map { try worker($0, "--drain", "--workers", "2") }
    for child in workers { #expect(child.wait() == 0) }
    #expect(lines().compactMap { Int($0) }.sorted() == Array(1...60))
    // Results of any machine can be read from any other.
    for (i, id) in ids.lines.enumerated() where i % 10 == 0 {
      #expect(try queue("d", "result", String(id)).text == "out \(i + 1)\n")
    }
    #expect(try queue("d", "stats", "--json").text.contains("\"completed\":60"))
    #expect(try queue("d", "doctor").text.contains("tasks      60, 0 running"))
  }

  @Test func tasksRunWhereTheyAreAddedOn() throws {
    let there = try add("a", "--on", "fetch", "--", "sh", "-c", "echo fetched >> $OUT")
    let anywhere = try add("a", "--", "sh", "-c", "echo anywhere >> $OUT")
    let plain = try worker("b")
    #expect(try queue("a", "wait", anywhere).status == 0 && lines() == ["anywhere"])
    #expect(try queue("a", "status", there).text.contains("pending"))
    // Nobody wonders why it does not begin.
    let words = "waits for a worker with --host-tag fetch; there is none"
    for command in [["status", there], ["status"], ["doctor"]] {
      let text = try Run.tool("fs-queue", command, environment: environment("a")).text
      #expect(text.contains(words), "\(command): \(text)")
    }
    #expect(try queue("a", "status", "--json").text.contains(#""without_worker":{"fetch":1}"#))
    let fetching = try worker("c", "--host-tag", "fetch", "--host-tag", "gpu")
    #expect(try queue("a", "wait", there).status == 0)
    #expect(try queue("a", "workers", "--json").text.contains(#""host_tags":["fetch","gpu"]"#))
    for child in [plain, fetching] {
      child.signal(SIGTERM)
      #expect(child.wait() == 143 || child.wait() == 0)
    }
  }

  @Test func largeOutputsAndLogsAreReadFromAnywhere() throws {
    let id = try add("a", "--", "sh", "-c", "head -c 700000 /dev/zero | tr '\\0' x; echo end; echo log >&2")
    #expect(try worker("b", "--drain").wait() == 0)
    let result = try queue("c", "result", id)
    #expect(result.output.count == 700_004 && result.text.hasSuffix("xend\n"))
    #expect(try queue("c", "logs", id).text == "log\n")
    #expect(Folder.names(in: "\(folder.path)/b/data/workers").isEmpty == false)
    // While it runs, too.
    let long = try add("a", "--", "sh", "-c", "echo first; until [ -e $OUT.go ]; do sleep 0.05; done; echo second")
    let running = try worker("b", "--drain")
    let follower = try Child(tool: "fs-queue", ["logs", "-f", "--stdout", long], environment: environment("c"))
    #expect(follower.line(within: 20) == "first")
    #expect(FileContent.replace("\(folder.path)/out.go", with: [1]))
    #expect(follower.line(within: 20) == "second" && follower.wait() == 0 && running.wait() == 0)
  }

  @Test func whatAMachineTakesWithItIsRunByAnother() throws {
    let id = try add("a", "--", "sh", "-c", "echo $FS_ATTEMPT >> $OUT; [ $FS_ATTEMPT = 2 ] || sleep 98765")
    let dying = try worker("b")
    try wait("the task runs") { lines() == ["1"] }
    try wait("its start is known") { try queue("a", "status", id, "--json").text.contains("\"status\":\"running\"") }
    dying.signal(SIGKILL)
    #expect(dying.wait() == 137)
    // Another machine cannot know whether the task still runs, and waits for the end of the lease.
    let other = try worker("c", "--drain")
    try wait("the other has looked, and sleeps") {
      try !PostgresConnection(PostgresAddress(address)).run(
        "SELECT 1 FROM \(schema).worker WHERE sleeping AND id NOT IN (SELECT owner FROM \(schema).task WHERE id = \(id))"
      ).isEmpty
    }
    #expect(lines() == ["1"])
    try sql(
      "UPDATE \(schema).worker SET lease_until = 1 WHERE host <> '' AND id IN (SELECT owner FROM \(schema).task WHERE id = \(id))"
    )
    #expect(other.wait() == 0 && lines() == ["1", "2"])
    #expect(try queue("a", "status", id, "--json").text.contains("\"losses\":1"))
    _ = try Run.shell("pkill -f 'sleep 98765' || true")
  }

  @Test func onItsOwnMachineTheKernelTells() throws {
    let id = try add("a", "--", "sh", "-c", "echo $FS_ATTEMPT >> $OUT; [ $FS_ATTEMPT = 2 ] || exec sleep 100")
    let dying = try worker("b")
    try wait("the task runs") { try queue("a", "status", id, "--json").text.contains("\"status\":\"running\"") }
    dying.signal(SIGKILL)
    _ = dying.wait()
    let begin = Run.now()
    #expect(try worker("b", "--drain").wait() == 0 && lines() == ["1", "2"])
    #expect(Run.now() - begin < 20)
  }

  @Test func aWorkerThatWasGivenUpEndsWhatItRuns() throws {
    let id = try add(
      "a", "--", "sh", "-c",
      "trap 'echo term >> $OUT; exit 1' TERM; echo $FS_ATTEMPT >> $OUT; [ $FS_ATTEMPT = 2 ] || while :; do sleep 0.05; done"
    )
    let frozen = try worker("b")
    try wait("the task runs") { try queue("a", "status", id, "--json").text.contains("\"status\":\"running\"") }
    frozen.signal(SIGSTOP)
    try sql("UPDATE \(schema).worker SET lease_until = 1")
    #expect(try worker("c", "--drain").wait() == 0)
    #expect(lines() == ["1", "2"])
    frozen.signal(SIGCONT)
    try wait("the first attempt is ended") { lines() == ["1", "2", "term"] }
    #expect(
      try queue("a", "status", id, "--json").text.contains("\"status\":\"completed\""),
      "its late result changes nothing")
    frozen.signal(SIGTERM)
    _ = frozen.wait()
  }

  @Test func aTaskAddsToTheQueueItCameFrom() throws {
    let id = try add("a", "--", "sh", "-c", "fs-queue add -- sh -c 'echo nested >> $OUT'")
    #expect(try worker("b", "--drain").wait() == 0)
    #expect(try queue("a", "status", id, "--json").text.contains("completed") && lines() == ["nested"])
    // FS_QUEUE wins over FS_QUEUE_HOME.
    var both = environment("a")
    both["FS_QUEUE_HOME"] = "\(folder.path)/elsewhere"
    #expect(try Run.tool("fs-queue", ["list", "--json"], environment: both).lines.count == 2)
    #expect(!Folder.has("\(folder.path)/elsewhere"))
  }

  /// A zero byte that a task writes is no reason for a worker to end.
  @Test func whateverATaskSaysEndsNoWorker() throws {
    let id = try add(
      "a", "--", "sh", "-c",
      #"printf 'progress 0.5 a\000b\nprogress 0.6 \303\n' >&$FS_PROGRESS_FD; sleep 0.2; printf 'out\000put'"#)
    #expect(try worker("b", "--drain").wait() == 0)
    let status = try queue("a", "status", id, "--json").text
    #expect(status.contains("completed") && status.contains("\"progress\":0.6"), "\(status)")
    #expect(try queue("a", "result", id).output == Array("out\0put".utf8))
  }

  @Test func aSleepingWorkerBeginsAtOnce() throws {
    let sleeping = try worker("b")
    try wait("it is registered and asleep") {
      try !PostgresConnection(PostgresAddress(address)).run("SELECT 1 FROM \(schema).worker WHERE sleeping").isEmpty
    }
    let begin = Run.now()
    let id = try add("a", "--", "true")
    #expect(try queue("a", "wait", id).status == 0)
    #expect(Run.now() - begin < 5, "it need not wait for its next look")
    sleeping.signal(SIGTERM)
    _ = sleeping.wait()
  }

  @Test func schedulesFireOnceForAllMachines() throws {
    let jobs = folder.file("jobs.conf", "tick: every 1s sh -c 'echo $FS_INSTANT >> $OUT'\n")
    #expect(try queue("a", "schedule", "--file", jobs).status == 0)
    let workers = try ["a", "b", "c"].map { try worker($0) }
    try wait("three firings") { lines().count >= 3 }
    for child in workers {
      child.signal(SIGTERM)
      _ = child.wait()
    }
    let found = lines()
    #expect(Set(found).count == found.count, "each instant once: \(found)")
  }

  @Test func whatIsWrongIsOneSentence() throws {
    func fails(_ address: String, _ status: Int32, _ words: String, _ more: [String: String] = [:]) throws {
      let result = try Run.tool(
        "fs-queue", ["list"], environment: environment("a").merging(["FS_QUEUE": address]) { $1 }.merging(more) { $1 })
      #expect(result.status == status && result.errors.contains(words), "\(address): \(result.status) \(result.errors)")
      #expect(result.errors.split(separator: "\n").count == 1, "\(result.errors)")
    }
    let base = String(address.prefix { $0 != "?" })
    try fails("postgres://fs@127.0.0.1:1/fs", 75, "Connection refused")
    try fails("\(base)_not_there", 78, "does not exist")
    try fails("\(base)?schema=nothing_here", 78, "fs-queue schema --apply")
    try fails("\(base)?schema=Bad-Name", 64, "lower-case")
    try fails("\(base)?nonsense=1", 78, "nonsense")
    try fails("mysql://x/y", 64, "a queue is a folder")
    try fails(address, 69, "install libpq5", ["FS_LIBPQ": "/nowhere"])
    let password = try Run.tool(
      "fs-queue", ["list", "--queue", "postgres://a:b@127.0.0.1/x"], environment: environment("a"))
    #expect(password.status == 64 && password.errors.contains("PGPASSWORD") && !password.errors.contains("a:b"))
    // Whatever is wrong with an address, its password is not shown.
    for odd in ["p%zzsekret", "p?sekret", "[sekret", "p/sekret", "sekret@", "p:sekret", "%00sekret"] {
      let result = try Run.tool(
        "fs-queue", ["list"],
        environment: environment("a").merging(["FS_QUEUE": "postgres://a:\(odd)@127.0.0.1:1/x"]) { $1 })
      #expect(
        result.status != 0 && !result.errors.contains("sekret") && !result.errors.isEmpty, "\(odd): \(result.errors)")
      let shown = try Run.tool(
        "fs-queue", ["list", "--queue", "postgres://a:\(odd)@127.0.0.1:1/x"], environment: environment("a"))
      #expect(shown.status == 64 && !shown.errors.contains("sekret"), "\(odd): \(shown.errors)")
    }
    // The first of two hosts is away.
    let two = address.replacing("@", with: "@127.0.0.1:1,")
    #expect(
      try Run.tool("fs-queue", ["list"], environment: environment("a").merging(["FS_QUEUE": two]) { $1 }).status == 0)
    // Two roles: one owns the tables, the other uses them.
    let role = "r\(UInt32.random(in: .min ... .max))"
    try sql("CREATE ROLE \(role) LOGIN")
    let other = address.replacing("//fs@", with: "//\(role)@")
    try fails(other, 77, "permission denied")
    #expect(try queue("a", "schema", "--apply", "--role", role).text.contains("\(role) may use"))
    let asRole = environment("a").merging(["FS_QUEUE": other]) { $1 }
    #expect(try Run.tool("fs-queue", ["add", "--", "true"], environment: asRole).status == 0)
    #expect(try Run.tool("fs-queue", ["work", "--drain"], environment: asRole).status == 0)
    #expect(try Run.tool("fs-queue", ["schema", "--check"], environment: asRole).status == 0)
    // A program that is too old says so.
    try sql("UPDATE \(schema).meta SET value = '9' WHERE key IN ('version', 'readable_from')")
    try fails(address, 78, "install the newer one")
    try sql("UPDATE \(schema).meta SET value = '1' WHERE key = 'readable_from'")
    #expect(try queue("a", "schema", "--check").text.contains("can use it"), "one version back")
  }
}

extension ClusterQueueTests {
  /// A queue with a bit of everything goes there and back, and is what it was.
  @Test func aQueueMovesWithAllThatIsInIt() throws {
    let home = ["FINSTAGE_HOME": "\(folder.path)/h", "OUT": "\(folder.path)/out"]
    let (old, back) = ("\(folder.path)/old", "\(folder.path)/back")
    func run(_ place: String, _ arguments: [String]) throws -> Run.Result {
      try Run.tool("fs-queue", arguments, environment: home.merging(["FS_QUEUE": place]) { $1 })
    }
    func must(_ place: String, _ arguments: String...) throws -> String {
      let result = try run(place, arguments)
      #expect(result.status == 0, "\(arguments): \(result.errors)")
      return result.text
    }
    let first = try must(
      old, "add", "--tag", "t", "--", "sh", "-c", "head -c 300000 /dev/zero | tr '\\0' y; echo e >&2"
    ).filter(\.isNumber)
    _ = try must(old, "add", "--on-failure", "", "--", "sh", "-c", "exit 100")
    // A key that finished tasks have had, too.
    for _ in 0..<2 {
      _ = try must(old, "add", "--unique", "k", "--", "true")
      _ = try run(old, ["work", "--drain"])
    }
    #expect(try must(old, "stats", "--json").contains("\"completed\":3"))
    let parent = try must(old, "add", "--in", "1d", "--group", "g", "--limit", "3", "--", "echo", "a b", "é\n").filter(
      \.isNumber)
    _ = try must(old, "add", "--after", parent, "--if", "any", "--unique", "k", "--env", "A=1", "--", "true")
    _ = try must(old, "add", "--paused", "--priority", "low", "--timeout", "5m", "--retries", "7", "--", "true")
    _ = try must(old, "schedule", "--file", folder.file("j.conf", "nightly: 0 3 * * * true\n"))
    _ = try must(old, "on-failure", "cat")
    func all(_ place: String) throws -> String {
      try must(place, "export", "--outputs", "--history") + must(place, "schedule", "list", "--json")
        + must(place, "group", "--json")
        + must(place, "on-failure")
    }
    let before = try all(old)
    // A move that is broken off goes on.
    let target = address
    _ = try Run.shell(
      "fs-queue move --from '\(old)' --to '\(target)' & sleep 0.02; kill -9 $!; wait", environment: home)
    #expect(try run(old, ["move", "--from", "sqlite:\(old)", "--to", target]).status == 0)
    #expect(try all(target) == before)
    #expect(try must(target, "result", first).count == 300_000)
    let refused = try run(old, ["add", "--", "true"])
    #expect(refused.status == 78 && refused.errors.contains("has moved to"))
    #expect(try run(old, ["work", "--drain"]).status == 78)
    // What is there is not mixed with.
    #expect(try run(old, ["move", "--from", target, "--to", old]).status == 73)
    // Nothing moves while somebody works.
    let child = try Child(
      tool: "fs-queue", ["work"], environment: home.merging(["FS_QUEUE": target]) { $1 }, mergesErrors: true)
    try wait("the worker is there") { try !must(target, "workers", "--json").isEmpty }
    #expect(try run(target, ["move", "--from", target, "--to", back]).status == 75)
    child.signal(SIGTERM)
    _ = child.wait()
    #expect(try run(target, ["move", "--from", target, "--to", back]).status == 0)
    #expect(try all(back) == before)
    let next = try must(back, "add", "--", "true").filter(\.isNumber)
    #expect(Int(next)! > 7, "numbers go on")
  }

  /// An add while the server is away is kept on its machine, and comes into the queue once, by whatever connects there next.
  @Test func whatIsAddedWhileTheServerIsAwayIsKept() throws {
    let place = try LoopbackServer { _ in .init() }
    let port = place.port
    place.stop()
    let plain = address
    let real = plain.split(separator: "@")[1].prefix { $0 != "/" }
    let far = plain.replacing("@\(real)", with: "@127.0.0.1:\(port)")
    let home = ["FINSTAGE_HOME": "\(folder.path)/s", "FS_QUEUE": far, "OUT": "\(folder.path)/out"]
    func add(_ arguments: String..., input: String = "") throws -> Run.Result {
      try Run.tool("fs-queue", ["add"] + arguments, input: input, environment: home)
    }
    #expect(try add("--", "true").status == 75)
    let kept = try add(
      "--spool", "--stdin", "--tag", "x", "--timeout", "90d", "--", "sh", "-c", "cat >> $OUT", input: "one\n")
    #expect(kept.status == 0 && kept.text.isEmpty && kept.errors.contains("kept here"), "\(kept.errors)")
    #expect(
      try add("--spool", "--each", "--", "sh", "-c", "echo $1 >> $OUT", "sh", "{}", input: "two\nthree\n").status == 0)
    let network = try Child(
      path: "/usr/bin/env", ["python3", "\(Run.package)/Tests/Cluster/proxy.py", "\(port)", String(real), "0"])
    try wait("the server is back") { try Run.tool("fs-queue", ["list"], environment: home).status == 0 }
    let worker = try Run.tool("fs-queue", ["work", "--drain", "-v"], environment: home)
    #expect(worker.status == 0 && worker.errors.contains("tasks that were kept"), "\(worker.errors)")
    #expect(
      (FileContent.text("\(folder.path)/out", limit: 1000) ?? "").split(separator: "\n").sorted() == [
        "one", "three", "two",
      ])
    #expect(try Run.tool("fs-queue", ["list", "--json", "--tag", "x"], environment: home).lines.count == 1)
    #expect(try Run.tool("fs-queue", ["work", "--drain"], environment: home).status == 0)
    #expect(try Run.tool("fs-queue", ["list", "--json"], environment: home).lines.count == 3, "once")
    // Who is told to stop keeps nothing.
    network.signal(SIGSTOP)
    let stopped = try Child(tool: "fs-queue", ["add", "--spool", "--", "true"], environment: home, mergesErrors: true)
    usleep(200_000)  // it waits for the server; before that, the signal ends it, too
    stopped.signal(SIGINT)
    #expect(stopped.wait() == 130)
    network.signal(SIGCONT)
    #expect(try Run.tool("fs-queue", ["work", "--drain"], environment: home).status == 0)
    #expect(try Run.tool("fs-queue", ["list", "--json"], environment: home).lines.count == 3)
    network.signal(SIGKILL)
  }

  /// A cable that is pulled says nothing: who waits for an answer must notice by himself.
  /// A worker that has to end while the server is away leaves its results to the next one of its machine.
  @Test func aResultOutlivesItsWorker() throws {
    let place = try LoopbackServer { _ in .init() }
    let port = place.port
    place.stop()
    let real = address.split(separator: "@")[1].prefix { $0 != "/" }
    let home = [
      "FINSTAGE_HOME": "\(folder.path)/r", "FS_QUEUE": address.replacing("@\(real)", with: "@127.0.0.1:\(port)"),
      "OUT": "\(folder.path)/out",
    ]
    func network() throws -> Child {
      let child = try Child(
        path: "/usr/bin/env", ["python3", "\(Run.package)/Tests/Cluster/proxy.py", "\(port)", String(real), "0"])
      #expect(child.line() == "\(port)")
      return child
    }
    let first = try network()
    let ids = try (0..<2).map { number in
      try add(
        "a", "--", "sh", "-c",
        number == 0
          ? "echo begun >> $OUT; until [ -e $OUT.go ]; do sleep 0.05; done; head -c 400000 /dev/zero | tr '\\0' x; echo done >> $OUT"
          : "until [ -e $OUT.go ]; do sleep 0.05; done; echo short; exit 3")
    }
    let worker = try Child(
      tool: "fs-queue", ["work", "--grace", "1s"], environment: home, mergesErrors: true)
    try wait("both run") {
      try ids.allSatisfy { try queue("a", "status", $0, "--json").text.contains("\"status\":\"running\"") }
    }
    first.signal(SIGKILL)
    _ = first.wait()
    #expect(FileContent.replace("\(folder.path)/out.go", with: [1]))
    try wait("the work is done") { lines() == ["begun", "done"] }
    worker.signal(SIGTERM)
    var said: [String] = []
    while let line = worker.line(within: 20) { said.append(line) }
    #expect(worker.wait() != 0 && said.contains { $0.contains("2 results are kept on this machine") }, "\(said)")
    let second = try network()
    let next = try Run.tool("fs-queue", ["work", "--drain", "-v"], environment: home)
    #expect(next.errors.contains("2 results of a worker that had to end"), "\(next.errors)")
    #expect(lines() == ["begun", "done"], "nothing runs twice")
    #expect(try queue("a", "result", ids[0]).output.count == 400_000)
    let failed = try queue("a", "status", ids[1], "--json").text
    #expect(failed.contains("\"status\":\"failed\"") && failed.contains("\"losses\":0"), "\(failed)")
    second.signal(SIGKILL)
  }

  @Test func aPulledCableIsNoticedAndMended() throws {
    let place = try LoopbackServer { _ in .init() }
    let port = place.port
    place.stop()
    let real = address.split(separator: "@")[1].prefix { $0 != "/" }
    let network = try Child(
      path: "/usr/bin/env", ["python3", "\(Run.package)/Tests/Cluster/proxy.py", "\(port)", String(real), "0"])
    let home = [
      "FINSTAGE_HOME": "\(folder.path)/p", "FS_QUEUE": address.replacing("@\(real)", with: "@127.0.0.1:\(port)"),
      "OUT": "\(folder.path)/out",
    ]
    try wait("the network is there") { try Run.tool("fs-queue", ["list"], environment: home).status == 0 }
    let id = try add(
      "a", "--", "sh", "-c", "echo begun >> $OUT; until [ -e $OUT.go ]; do sleep 0.05; done; echo done >> $OUT")
    let worker = try Child(tool: "fs-queue", ["work"], environment: home, mergesErrors: true)
    try wait("the task runs") { lines() == ["begun"] }
    network.signal(SIGSTOP)
    // What ends meanwhile has to be told, so the worker asks, and waits for five seconds.
    #expect(FileContent.replace("\(folder.path)/out.go", with: [1]))
    let said = worker.line(within: 10)
    #expect(said?.contains("no answer") == true, "\(said ?? "nothing within 10 s")")
    #expect(
      try !queue("a", "status", id, "--json").text.contains("\"status\":\"completed\""), "nobody has heard of its end")
    network.signal(SIGCONT)
    #expect(try queue("a", "wait", id).status == 0 && lines() == ["begun", "done"], "its result is offered again")
    worker.signal(SIGTERM)
    _ = worker.wait()
    network.signal(SIGKILL)
  }
}
