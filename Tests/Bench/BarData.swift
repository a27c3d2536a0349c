import FinstageSystem
import TestSupport

/// The input of the benchmarks: seeded bars of 100 symbols, made once and kept in Tests/Bench/data.
enum BarData {
  static let folder = "\(Run.package)/Tests/Bench/data"

  /// The path of a file with this many bars.
  static func file(_ count: Int) throws -> String {
    let path = "\(folder)/bars-\(count).ndjson"
    if access(path, R_OK) == 0 { return path }
    mkdir(folder, 0o755)
    let descriptor = open(path + ".tmp", O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    guard descriptor >= 0 else { throw Run.Failure(message: "\(path) cannot be written") }
    write(count, to: descriptor)
    close(descriptor)
    rename(path + ".tmp", path)
    return path
  }

  /// Writes bars in blocks; ends quietly when nobody reads any more.
  static func write(_ count: Int, to descriptor: Int32) {
    var generator = BarGenerator()
    var left = count
    while left > 0 {
      let block = min(left, 2000)
      left -= block
      let bytes = Array(generator.lines(block).utf8)
      var done = 0
      while done < bytes.count {
        let written = bytes.withUnsafeBytes { put(descriptor, $0.baseAddress! + done, $0.count - done) }
        if written <= 0 { return }
        done += written
      }
    }
  }
}

private func put(_ descriptor: Int32, _ bytes: UnsafeRawPointer, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}
