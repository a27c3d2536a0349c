import Synchronization
import Testing
import TestSupport

@testable import FinstageCore

@Suite struct PipeTests {
  @Test func aFileAppearsWholeOrNotAtAll() throws {
    let folder = TemporaryFolder()
    let path = folder.file("out", "before")
    do {
      let sink = try ByteSink(path: path)
      try sink.write("half")
      try sink.flush()
      #expect(Files.text(path) == "before")
    }
    #expect(Files.text(path) == "before")
    #expect(Files.names(in: folder.path) == ["out"], "nothing is left behind")
    let sink = try ByteSink(path: path)
    try sink.write("after")
    try sink.finish()
    #expect(Files.text(path) == "after")
    #expect(Files.names(in: folder.path) == ["out"])
  }

  @Test func aLinkStaysALink() throws {
    let folder = TemporaryFolder()
    _ = try Run.shell("echo x > real; ln -s real link", folder: folder.path)
    let sink = try ByteSink(path: "\(folder.path)/link")
    try sink.write("new")
    try sink.finish()
    #expect(try Run.shell("readlink link; cat real", folder: folder.path).text == "real\nnew")
  }

  @Test func aFolderThatIsNotThereIsAnError() {
    #expect(throws: OutputError.self) { try ByteSink(path: "/nowhere/at/all") }
  }

  @Test func aConveyorKeepsOrderAndReusesItsItems() throws {
    final class Box: Sendable { let value = Atomic<Int>(0) }
    let made = Atomic<Int>(0)
    let seen = Mutex<[Int]>([])
    for count in [0, 1, 2, 1000] {
      made.store(0, ordering: .relaxed)
      seen.withLock { $0 = [] }
      let conveyor = Conveyor<Box>(
        make: {
          made.add(1, ordering: .relaxed)
          return Box()
        },
        prepare: { $0.value.add(1, ordering: .relaxed) },
        emit: { box in seen.withLock { $0.append(box.value.load(ordering: .relaxed)) } })
      for i in 0..<count {
        let box = try conveyor.take()
        box.value.store(i, ordering: .relaxed)
        try conveyor.send(box)
      }
      try conveyor.finish()
      #expect(seen.withLock { $0 } == Array(1..<count + 1))
      #expect(made.load(ordering: .relaxed) <= 5)
    }
  }

  @Test func aConveyorTellsTheProducerWhenWorkFails() {
    final class Box: Sendable {}
    let conveyor = Conveyor<Box>(
      make: { Box() }, prepare: { _ in }, emit: { _ in throw OutputError.closed })
    #expect(throws: OutputError.closed) {
      for _ in 0..<100 { try conveyor.send(conveyor.take()) }
      try conveyor.finish()
    }
    _ = try? conveyor.finish()
  }
}
