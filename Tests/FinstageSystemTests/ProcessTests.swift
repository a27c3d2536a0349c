import FinstageProcess
import FinstageSystem
import Synchronization
import TestSupport
import Testing

/// Threads, loops and processes.
@Suite struct ProcessTests {
  private let folder = TemporaryFolder()

  @Test func whatIsPostedComesInOrderAndNothingIsLost() throws {
    let box = try #require(Mailbox<Int>())
    let posters = (0..<4).map { poster in WorkerThread { for i in 0..<500 { box.post(poster * 1000 + i) } }! }
    var seen: [Int] = []
    while seen.count < 2000 { seen += box.waitAndTake() }
    for thread in posters { thread.join() }
    #expect(box.take().isEmpty)
    for poster in 0..<4 {
      #expect(seen.filter { $0 / 1000 == poster } == (0..<500).map { poster * 1000 + $0 }, "in the order of each")
    }
  }

  @Test func aLoopCallsWhatIsReadyAndNoOther() throws {
    let loop = EventLoop()
    let (a, b) = (PipeAlarm(), PipeAlarm())
    var rung: [String] = []
    loop.add("a", a.descriptor) {
      a.clear()
      rung.append("a")
    }
    loop.add("b", b.descriptor) {
      b.clear()
      rung.append("b")
    }
    #expect(loop.names == ["a", "b"])
    loop.wait(seconds: 0)
    #expect(rung == [])
    b.ring()
    b.ring()
    loop.wait(seconds: 5)
    loop.wait(seconds: 0)
    #expect(rung == ["b"], "a bell that rings twice before it is heard rings once")
    loop.remove(b.descriptor)
    b.ring()
    a.ring()
    loop.wait(seconds: 5)
    #expect(rung == ["b", "a"] && loop.names == ["a"])
  }

  /// Starts a program that writes into a file, and waits for its end.
  private func run(_ program: Program) throws -> (status: Int32, text: String) {
    let path = "\(folder.path)/out"
    let descriptor = open(path, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0o600)
    defer { close(descriptor) }
    let process = try ProcessLauncher(shared: ["SHARED": "s"], hidden: ["HIDDEN"]).start(
      program, descriptors: [(descriptor, 1)])
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    return (status, FileContent.text(path, limit: 1 << 20) ?? "")
  }

  @Test func aProgramGetsWhatItIsGivenAndNothingElse() throws {
    let secret = open("/dev/null", O_RDONLY | O_CLOEXEC)
    defer { close(secret) }
    let script =
      "pwd; echo $OWN $SHARED; ls /proc/self/fd | tr '\\n' ' '; ps -o sid= -p $$ | tr -d ' '; echo $$; exit 7"
    let got = try run(
      Program(
        arguments: ["sh", "-c", script], folder: folder.path, environment: ["OWN": "ä"], hasCleanEnvironment: false))
    #expect(got.status >> 8 & 0xFF == 7)
    let lines = got.text.split(separator: "\n")
    #expect(lines.count == 4 && lines[0] == systemRealPath(folder.path) && lines[1] == "ä s", "\(got.text)")
    // The last word is the session, which is its own.
    let words = lines.count == 4 ? lines[2].split(separator: " ") : []
    #expect(
      words.prefix(2) == ["0", "1"] && !words.dropLast().contains("\(secret)") && words.last == lines.last,
      "\(got.text)")
  }

  @Test func whatCannotBeStartedSaysWhy() throws {
    for (words, folder, reason) in [
      (["no-such-program-here"], "/", "no such program"), (["/etc/passwd"], "/", "denied"),
      (["sh", "-c", "true"], "/no/such/folder", "No such file"),
    ] {
      let failure = #expect(throws: ProcessLauncher.Failure.self) {
        _ = try run(Program(arguments: words, folder: folder, environment: [:], hasCleanEnvironment: false))
      }
      #expect(failure?.sentence.contains(reason) == true, "\(failure?.sentence ?? "")")
    }
  }

  @Test func aProcessIsKnownByItsStart() throws {
    let own = ProcessTable.startTime(of: getpid())
    #expect(own > 0 && ProcessTable.isAlive(getpid(), start: own) && !ProcessTable.isAlive(getpid(), start: own + 1))
    #expect(!ProcessTable.isAlive(0, start: 1) && !ProcessTable.isAlive(1 << 30, start: 1))
    let child = try Child(path: "/usr/bin/env", ["MARK=\(folder.path)", "sleep", "1000"])
    #expect(ProcessTable.startTime(of: child.process) > 0)
    let end = Run.now() + 10
    while ProcessTable.started(with: ["MARK=\(folder.path)"]) != [child.process], Run.now() < end { usleep(1000) }
    #expect(ProcessTable.started(with: ["MARK=\(folder.path)"]) == [child.process])
    ProcessTable.signal(child.process, SIGKILL) { false }
    #expect(ProcessTable.isAlive(child.process, start: ProcessTable.startTime(of: child.process)))
    ProcessTable.signal(child.process, SIGKILL) { true }
    #expect(child.wait() == 137)
  }
}
