import FinstageCommand
import FinstageCore
import FinstageStore

/// What comes from standard input.
enum StandardInput {
  static func read(limit: Int) throws(ToolFailure) -> [UInt8] {
    do throws(InputError) { return try WholeInput.read("-", limit: limit) } catch { throw ToolFailure(error) }
  }

  /// Its lines, without empty ones.
  static func lines() throws(ToolFailure) -> [String] {
    try read(limit: 1 << 30).split(separator: 0x0A).compactMap { line in
      let text = String(decoding: line.last == 0x0D ? line.dropLast() : line, as: UTF8.self)
      return text.isEmpty ? nil : text
    }
  }

  /// A task for a line, which stands where {} does, or at the end.
  static func filled(_ task: NewTask, _ line: String) -> NewTask {
    var result = task
    let hasPlace = task.arguments.contains { $0.contains("{}") }
    result.arguments = hasPlace ? task.arguments.map { $0.replacing("{}", with: line) } : task.arguments + [line]
    result.item = line
    result.uniqueKey = task.uniqueKey?.replacing("{}", with: line)
    return result
  }
}

/// Files that are read as one piece.
enum WholeInput {
  /// - Parameter path: `-` is standard input.
  static func read(_ path: String, limit: Int) throws(InputError) -> [UInt8] {
    var bytes: [UInt8] = []
    let source = try DescriptorSource(path: path)
    var block = [UInt8](repeating: 0, count: 65_536)
    while true {
      var count = 0
      var fault: InputError?
      block.withUnsafeMutableBytes { buffer in
        do throws(InputError) { count = try source.read(into: buffer) } catch { fault = error }
      }
      if let fault { throw fault }
      if count == 0 { return bytes }
      bytes += block[..<count]
      if bytes.count > limit {
        throw InputError(source: path == "-" ? "<stdin>" : path, message: "more than \(limit >> 20) MiB")
      }
    }
  }

  static func json(_ path: String, limit: Int = 64 << 20) throws(ToolFailure) -> JSONDocument {
    let bytes: [UInt8]
    do throws(InputError) { bytes = try read(path, limit: limit) } catch { throw ToolFailure(error) }
    do throws(JSONDocument.Failure) { return try JSONDocument.parse(bytes) } catch {
      let before = bytes.prefix(max(0, error.byte - 1))
      let line = before.reduce(1) { $1 == 0x0A ? $0 + 1 : $0 }
      let column = before.count - (before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0) + 1
      throw ToolFailure(.badData, "\(path == "-" ? "<stdin>" : path):\(line):\(column): \(error.message)")
    }
  }
}
