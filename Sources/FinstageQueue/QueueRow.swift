import FinstageCore
import FinstagePostgres
import FinstageStore

/// A row of a queue that is kept in a database. Columns have the same names in all of them where they mean the same, so that records are made of rows in one
/// place.
protocol QueueRow {
  func integer(_ name: String) -> Int64
  func optionalInteger(_ name: String) -> Int64?
  func optionalDouble(_ name: String) -> Double?
  func text(_ name: String) -> String?
  func optionalBytes(_ name: String) -> [UInt8]?
  func bool(_ name: String) -> Bool
}

extension Statement: QueueRow {
  func bool(_ name: String) -> Bool { integer(name) != 0 }
}

extension PostgresRows.Row: QueueRow {
  func optionalBytes(_ name: String) -> [UInt8]? { bytes(name) }
}

/// Lists and variables as the text of a column.
enum StoredText {
  static func list(_ texts: [String]) -> String { JSONValue(texts).text }

  static func texts(_ json: String?) -> [String] {
    guard let json, let document = try? JSONValue.parse(Array(json.utf8)) else { return [] }
    return (document.array ?? []).compactMap(\.string)
  }

  /// Nil for no tags.
  static func tags(_ task: NewTask) -> String? { task.tags.isEmpty ? nil : list(task.tags) }

  /// Nil for no variables.
  static func environment(_ task: NewTask) -> String? {
    let pairs = task.environment.sorted { $0.key < $1.key }.map { (key: $0.key, value: JSONValue.string($0.value)) }
    return pairs.isEmpty ? nil : JSONValue.object(pairs).text
  }

  static func environment(_ text: String?) -> [String: String] {
    guard let text, let members = (try? JSONValue.parse(Array(text.utf8)))?.members else { return [:] }
    var environment: [String: String] = [:]
    for (key, value) in members { environment[key] = value.string ?? "" }
    return environment
  }

  /// Exit statuses that are retried; nil for those that a policy says.
  static func statuses(_ policy: TaskRetryPolicy) -> String? {
    policy.statuses.map { $0.sorted().map(String.init).joined(separator: ",") }
  }
}

extension TaskRetryPolicy {
  /// Of the columns retries, delay, cap, backoff and codes.
  init(_ row: some QueueRow) {
    retries = row.integer("retries")
    delay = row.integer("delay")
    longest = row.integer("cap")
    backoff = row.integer("backoff") == 1 ? .fixed : .exponential
    statuses = row.text("codes").map { Set($0.split(separator: ",").compactMap { Int64($0) }) }
  }
}

extension TaskRecord {
  /// All but what a task reads, which may be large.
  static let columns = """
    id, state, prio, argv, cwd, tags, due, added, began, ended, attempt, failures, losses, retries, owner, pid, status, reason, progress, \
    note, cancel, grp, parents, batch, item, job, ukey, slot, stopped, place
    """

  init(_ row: some QueueRow) {
    self.init(
      id: row.integer("id"), state: TaskState(rawValue: row.integer("state")) ?? .pending,
      priority: TaskPriority(level: row.integer("prio")) ?? .normal, arguments: StoredText.texts(row.text("argv")),
      folder: row.text("cwd") ?? "", tags: StoredText.texts(row.text("tags")), group: row.text("grp") ?? "",
      parents: row.integer("parents"), gatherer: row.optionalInteger("batch"), item: row.text("item"),
      schedule: row.text("job"), uniqueKey: row.text("ukey"), due: row.integer("due"), added: row.integer("added"),
      began: row.optionalInteger("began"), ended: row.optionalInteger("ended"), attempt: row.integer("attempt"),
      failures: row.integer("failures"), losses: row.integer("losses"), retries: row.integer("retries"),
      owner: row.text("owner"), slot: row.optionalInteger("slot").map(Int.init), pid: row.integer("pid"),
      status: row.optionalInteger("status"), reason: row.text("reason"), progress: row.optionalDouble("progress"),
      note: row.text("note"), isCancelRequested: row.bool("cancel"), isStopped: row.bool("stopped"),
      place: row.text("place") ?? "")
  }
}

extension NewTask {
  /// What a task is made of, as it would be added again.
  static let columns = """
    prio, argv, cwd, env, input, tags, ukey, timeout, retries, delay, grp, codes, backoff, cap, clean, alarm, place, due, expires
    """

  /// - Parameter now: the time, for the rest of the time in which it may begin.
  init(_ row: some QueueRow, now: Int64) {
    self.init(arguments: StoredText.texts(row.text("argv")), folder: row.text("cwd") ?? "/")
    priority = TaskPriority(level: row.integer("prio")) ?? .normal
    environment = StoredText.environment(row.text("env"))
    input = row.optionalBytes("input")
    tags = StoredText.texts(row.text("tags"))
    uniqueKey = row.text("ukey")
    timeout = row.optionalInteger("timeout")
    retry = TaskRetryPolicy(row)
    group = row.text("grp") ?? ""
    place = row.text("place") ?? ""
    hasCleanEnvironment = row.bool("clean")
    onFailure = row.text("alarm")
    due = row.integer("due")
    expiresIn = row.optionalInteger("expires").map { max(10, $0 - max(row.integer("due"), now)) }
  }
}

extension ClaimedTask {
  init(_ row: some QueueRow) {
    self.init(
      id: row.integer("id"), attempt: row.integer("attempt"), arguments: StoredText.texts(row.text("argv")),
      folder: row.text("cwd") ?? "/", hasCleanEnvironment: row.bool("clean"),
      environment: StoredText.environment(row.text("env")), input: row.optionalBytes("input"),
      timeout: row.optionalInteger("timeout"))
  }
}

extension AttemptRecord {
  static let columns = "n, owner, began, ended, status, how, user_us, sys_us, peak_kb, out_len, err_len"

  init(_ row: some QueueRow) {
    self.init(
      number: row.integer("n"), owner: row.text("owner"), began: row.optionalInteger("began"),
      ended: row.optionalInteger("ended"), status: row.optionalInteger("status"), how: row.text("how"),
      userMicroseconds: row.optionalInteger("user_us"), systemMicroseconds: row.optionalInteger("sys_us"),
      peakKilobytes: row.optionalInteger("peak_kb"), outputLength: row.optionalInteger("out_len"),
      logLength: row.optionalInteger("err_len"))
  }
}

extension QueueGroup {
  /// Of the columns name, lim, gap_us, paused and running.
  init(_ row: some QueueRow) {
    self.init(
      name: row.text("name") ?? "", limit: row.optionalInteger("lim"), gap: row.optionalInteger("gap_us"),
      isPaused: row.bool("paused"), running: row.integer("running"))
  }
}

extension ScheduleRecord {
  /// Nil for a job that cannot be read, for example because its time zone is gone.
  init?(_ row: some QueueRow) {
    guard let job = ScheduledJob(name: row.text("name") ?? "", json: row.text("definition") ?? "") else { return nil }
    let lastTask = row.optionalInteger("last_task")
    self.init(
      job: job, next: row.optionalInteger("next"),
      lastInstant: lastTask == nil ? nil : row.optionalInteger("last_instant"), lastTask: lastTask,
      lastStatus: row.optionalInteger("last_status"), lastSeconds: row.optionalDouble("last_seconds"),
      succeeded: row.integer("succeeded"), total: row.integer("total"))
  }
}

extension FiringRecord {
  /// Of the columns name, instant, at, what and task.
  init(_ row: some QueueRow) {
    self.init(
      name: row.text("name") ?? "", instant: row.integer("instant"), at: row.integer("at"),
      what: row.text("what") ?? "", task: row.optionalInteger("task"))
  }
}
