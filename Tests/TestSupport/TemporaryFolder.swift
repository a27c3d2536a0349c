#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A folder of its own for one test, removed with everything in it when the test is over.
public final class TemporaryFolder: Sendable {
  public let path: String

  public init() {
    let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(base)/finstage-test-XXXXXX".utf8CString)
    path = String(cString: mkdtemp(&template)!)
  }

  deinit { _ = try? Run.shell("rm -rf '\(path)'") }

  /// The path of a file in the folder, written with these bytes.
  public func file(_ name: String, _ bytes: [UInt8]) -> String {
    let place = "\(path)/\(name)"
    Files.write(bytes, to: place)
    return place
  }

  public func file(_ name: String, _ text: String) -> String { file(name, Array(text.utf8)) }
}

/// Whole files.
public enum Files {
  public static func write(_ bytes: [UInt8], to path: String) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    precondition(descriptor >= 0, "\(path) cannot be written")
    var done = 0
    bytes.withUnsafeBytes { buffer in
      while done < buffer.count {
        let count = RawIO.write(descriptor, buffer.baseAddress! + done, buffer.count - done)
        precondition(count > 0, "\(path) cannot be written")
        done += count
      }
    }
    close(descriptor)
  }

  /// The bytes of a file; nil if there is none.
  public static func read(_ path: String) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    return readAll(descriptor)
  }

  public static func text(_ path: String) -> String? { read(path).map { String(decoding: $0, as: UTF8.self) } }

  static func readAll(_ descriptor: Int32) -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = buffer.withUnsafeMutableBytes { RawIO.read(descriptor, $0.baseAddress!, $0.count) }
      if count <= 0 { return bytes }
      bytes.append(contentsOf: buffer[..<count])
    }
  }

  public static func names(in folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
  }
}

/// `read` and `write` of the C library, under names that no method hides.
enum RawIO {
  static func read(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer, _ count: Int) -> Int {
    cRead(descriptor, buffer, count)
  }
  static func write(_ descriptor: Int32, _ buffer: UnsafeRawPointer, _ count: Int) -> Int {
    cWrite(descriptor, buffer, count)
  }
}

private func cRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer, _ count: Int) -> Int {
  read(descriptor, buffer, count)
}

private func cWrite(_ descriptor: Int32, _ buffer: UnsafeRawPointer, _ count: Int) -> Int {
  write(descriptor, buffer, count)
}
