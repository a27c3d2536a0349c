import FinstageSystem
import TestSupport
import Testing

/// Whole files, locks, and whom to trust with them.
@Suite struct FileTests {
  private let folder = TemporaryFolder()

  @Test func aFileIsReplacedWholeOrNotAtAll() {
    let path = "\(folder.path)/a"
    #expect(FileContent.replace(path, with: [1, 2, 3]) && FileContent.bytes(path) == [1, 2, 3])
    #expect(FileContent.replace(path, with: []) && FileContent.bytes(path) == [] && FileContent.size(path) == 0)
    #expect(!FileContent.replace("\(folder.path)/none/a", with: [1]) && FileContent.bytes(path) == [])
    #expect(Folder.names(in: folder.path) == ["a"], "nothing is left beside it")
    #expect(FileContent.bytes("\(folder.path)/none") == nil && FileContent.text(folder.path) == nil)
  }

  @Test func aLimitIsALimit() {
    let path = folder.file("long", String(repeating: "x", count: 100_000))
    #expect(FileContent.text(path, limit: 10) == nil || FileContent.text(path, limit: 10)!.utf8.count <= 10)
    #expect(FileContent.bytes(path, limit: 100_000)?.count == 100_000)
  }

  @Test func oneHasALockAndTheOthersKnow() throws {
    let path = "\(folder.path)/lock"
    let (a, b) = (try #require(FileLock(path: path)), try #require(FileLock(path: path)))
    #expect(a.tryAcquire() && !b.tryAcquire() && FileLock.isHeld(path))
    #expect(b.acquire(within: 0.05) != .held)
    a.release()
    #expect(!FileLock.isHeld(path) && b.acquire(within: 1) == .held)
    b.release()
    // Places of one file are locks of their own, also within a process.
    let places = try (0..<3).map { try #require(FileLock(path: path, byte: Int64($0 % 2))) }
    #expect(places[0].tryAcquire() && places[1].tryAcquire() && !places[2].tryAcquire())
  }

  @Test func whatOthersMayWriteIsNotTrusted() throws {
    let path = folder.file("secret", "s")
    chmod(path, 0o644)
    #expect(throws: ToolFailure.self) { try FileTrust.secret(path, limit: 10) }
    chmod(path, 0o600)
    #expect(try FileTrust.secret(path, limit: 10) == [UInt8(ascii: "s")])
    chmod(path, 0o666)
    #expect(throws: ToolFailure.self) { try FileTrust.check(path, advice: "") }
  }
}
