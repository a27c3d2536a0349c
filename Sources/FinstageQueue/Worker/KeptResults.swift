import FinstageCore
import FinstageStore
import FinstageSystem

/// How tasks ended whose worker has had to end before it could tell the queue. They lie on this machine, a file a worker, until another worker of the machine
/// offers them.
struct KeptResults {
  private let folder: String

  /// - Parameter spool: the files of the queue on this machine.
  init(_ spool: LocalSpool) { folder = "\(spool.folder)/results" }

  /// Keeps results, safely on disk.
  func keep(_ outcomes: [AttemptOutcome], of worker: String) throws {
    guard Folder.make(folder) else { throw ToolFailure(.opening(errno), "\(folder): \(systemErrorText(errno))") }
    let path = "\(folder)/\(worker).json"
    guard FileContent.replace(path, with: Array(JSONValue.array(outcomes.map(KeptResults.json)).text.utf8)) else {
      throw ToolFailure(.io, "\(path): \(systemErrorText(errno))")
    }
  }

  /// Tells the queue of what was kept; says what it did.
  func offer(to queue: any TaskQueue) throws -> [String] {
    var notes: [String] = []
    for name in Folder.names(in: folder).sorted() where name.hasSuffix(".json") {
      let path = "\(folder)/\(name)"
      guard let bytes = FileContent.bytes(path, limit: 1 << 30), let list = (try? JSONValue.parse(bytes))?.array else {
        rename(path, path + ".damaged")
        notes.append("\(path): damaged, set aside")
        continue
      }
      try queue.offer(list.compactMap(KeptResults.outcome), of: String(name.dropLast(5)))
      unlink(path)
      notes.append("\(list.count) results of a worker that had to end are in the queue now")
    }
    return notes
  }

  private static func json(_ outcome: AttemptOutcome) -> JSONValue {
    let (code, message): (Int64?, String?) =
      switch outcome.end {
      case .exited(let status): (Int64(status), nil)
      case .signalled(let number): (Int64(number), nil)
      case .notStarted(let message): (nil, message)
      case .timedOut, .givenBack, .notBegun: (nil, nil)
      }
    return [
      "id": JSONValue(outcome.id), "attempt": JSONValue(outcome.attempt), "end": .string(outcome.end.name),
      "code": JSONValue(code), "message": JSONValue(message), "ran": JSONValue(outcome.ran),
      "user": JSONValue(outcome.userMicroseconds), "system": JSONValue(outcome.systemMicroseconds),
      "peak": JSONValue(outcome.peakKilobytes), "output": JSONValue(outcome.output.map { Base64.text($0) }),
      "log": JSONValue(outcome.log.map { Base64.text($0) }), "output_length": JSONValue(outcome.outputLength),
      "log_length": JSONValue(outcome.logLength), "retry_after": JSONValue(outcome.retryAfter),
    ]
  }

  private static func outcome(_ value: JSONValue) -> AttemptOutcome? {
    guard let id = value["id"]?.integer, let attempt = value["attempt"]?.integer, let name = value["end"]?.string else {
      return nil
    }
    let code = Int32(truncatingIfNeeded: value["code"]?.integer ?? 0)
    let ends: [AttemptOutcome.End] = [
      .exited(code), .signalled(code), .timedOut, .notStarted(value["message"]?.string ?? ""), .givenBack, .notBegun,
    ]
    guard let end = ends.first(where: { $0.name == name }) else { return nil }
    var outcome = AttemptOutcome(id: id, attempt: attempt, end: end)
    outcome.ran = value["ran"]?.integer ?? 0
    outcome.userMicroseconds = value["user"]?.integer ?? 0
    outcome.systemMicroseconds = value["system"]?.integer ?? 0
    outcome.peakKilobytes = value["peak"]?.integer
    outcome.output = value["output"]?.string.flatMap { Base64.bytes($0) }
    outcome.log = value["log"]?.string.flatMap { Base64.bytes($0) }
    outcome.outputLength = value["output_length"]?.integer ?? 0
    outcome.logLength = value["log_length"]?.integer ?? 0
    outcome.retryAfter = value["retry_after"]?.double
    return outcome
  }
}
