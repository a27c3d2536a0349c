import FinstageCore
import FinstagePostgres
import FinstageSystem

/// Adds that wait on this machine because the server of the queue was away. Each is a file with the key by which the queue knows it, so that it is
/// added once, however often it is sent.
package struct SpooledAdds: Sendable {
  private let folder: String
  /// How the keys of such adds begin: the queue knows them for longer than others.
  package static let prefix = "spooled-"

  package static func newKey() -> String { prefix + PostgresTaskQueue.newKey() }

  /// - Parameter folder: that of the files of the queue on this machine.
  package init(folder: String) { self.folder = "\(folder)/adds" }

  /// One call of `add`.
  package struct Batch: Sendable {
    package var key: String
    package var policy: UniquePolicy
    package var tasks: [NewTask]

    package init(key: String, policy: UniquePolicy, tasks: [NewTask]) {
      self.key = key
      self.policy = policy
      self.tasks = tasks
    }
  }

  /// Keeps an add, safely on disk.
  package func keep(_ batch: Batch, now: Int64) throws {
    guard Folder.make(folder) else { throw ToolFailure(.opening(errno), "\(folder): \(systemErrorText(errno))") }
    try FileTrust.check(folder, advice: "use a folder of your own: FINSTAGE_HOME")
    let tasks = batch.tasks.map { task -> JSONValue in
      var plain = task
      plain.input = nil
      return TaskDefinition(plain).json().adding([
        ("due", JSONValue(task.due ?? task.dueIn.map { now + $0 })), ("paused", .bool(task.isPaused)),
        ("item", JSONValue(task.item)),
        ("expires_in", JSONValue(task.expiresIn)), ("timeout_ms", JSONValue(task.timeout)),
        ("delays", JSONValue([task.retry.delay, task.retry.longest])),
        ("input", JSONValue(task.input.map { Base64.text($0) })),
        (
          "parents",
          JSONValue(
            task.after.map { dependency in
              let name =
                if case .task(let id) = dependency.parent {
                  "task \(id)"
                } else if case .added(let place) = dependency.parent { "added \(place)" } else { "" }
              return "\(name) \(dependency.condition.text)"
            })
        ),
      ])
    }
    let value: JSONValue = [
      "key": .string(batch.key), "policy": .string(batch.policy.rawValue), "tasks": .array(tasks),
    ]
    let path = "\(folder)/\(String(format(now)))-\(batch.key).json"
    guard FileContent.replace(path, with: Array(value.text.utf8)) else {
      throw ToolFailure(.io, "\(path): \(systemErrorText(errno))")
    }
  }

  private func format(_ time: Int64) -> String {
    String(repeating: "0", count: max(0, 14 - String(time).count)) + String(time)
  }

  /// The files, the oldest first.
  package var files: [String] {
    Folder.names(in: folder).filter { $0.hasSuffix(".json") }.sorted().map { "\(folder)/\($0)" }
  }

  /// What the queue did not take, and what could not be read.
  package var refused: [String] {
    Folder.names(in: folder).filter { $0.hasSuffix(".refused") || $0.hasSuffix(".damaged") }.sorted().map {
      "\(folder)/\($0)"
    }
  }

  /// What a file has; nil if it is damaged.
  package static func batch(_ path: String) -> Batch? {
    guard let bytes = FileContent.bytes(path, limit: 1 << 30), let value = try? JSONValue.parse(bytes),
      let key = value["key"]?.string,
      let policy = value["policy"]?.string.flatMap(UniquePolicy.init), let list = value["tasks"]?.array
    else { return nil }
    let own: Set<String> = [
      "due", "paused", "item", "expires_in", "timeout_ms", "delays", "input", "parents", "expires", "timeout", "delay",
      "max_delay",
    ]
    var tasks: [NewTask] = []
    for entry in list {
      guard let members = entry.members,
        var task = try? TaskDefinition(.object(members.filter { !own.contains($0.key) }), folder: "/").task
      else { return nil }
      task.due = entry["due"]?.integer
      if case .bool(true) = entry["paused"] { task.isPaused = true }
      task.item = entry["item"]?.string
      task.expiresIn = entry["expires_in"]?.integer
      task.timeout = entry["timeout_ms"]?.integer
      if let delays = entry["delays"]?.array?.compactMap(\.integer), delays.count == 2 {
        (task.retry.delay, task.retry.longest) = (delays[0], delays[1])
      }
      task.input = entry["input"]?.string.flatMap { Base64.bytes($0) }
      for text in entry["parents"]?.array?.compactMap(\.string) ?? [] {
        let words = text.split(separator: " ", maxSplits: 2).map(String.init)
        guard words.count == 3, let number = Int64(words[1]), let condition = try? OutcomeCondition(words[2]) else {
          return nil
        }
        task.after.append(Dependency(words[0] == "task" ? .task(number) : .added(Int(number)), condition))
      }
      tasks.append(task)
    }
    return Batch(key: key, policy: policy, tasks: tasks)
  }
}

extension PostgresTaskQueue {
  /// Adds what was kept while the server was away; says what it did. What the queue refuses is set aside.
  package func sendSpooled() throws -> [String] {
    var notes: [String] = []
    for path in SpooledAdds(folder: spool.folder).files {
      try beatIfDue()
      guard let batch = SpooledAdds.batch(path) else {
        rename(path, path + ".damaged")
        notes.append("\(path): damaged, set aside")
        continue
      }
      do {
        let ids = try add(batch.tasks, policy: batch.policy, key: batch.key)
        unlink(path)
        notes.append("\(ids.count) tasks that were kept while the server was away are in the queue now")
      } catch TaskRefusal.moved {
        // They wait until this machine uses the new place.
        return notes
      } catch let error where error is TaskRefusal || (error as? PostgresError)?.kind == .refused {
        rename(path, path + ".refused")
        notes.append("\(path).refused: \(error.sentence)")
      }
    }
    return notes
  }
}
