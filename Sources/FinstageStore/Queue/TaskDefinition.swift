import FinstageCore

/// A task as a JSON object, the same in chains, templates and schedules.
///
///     {"name": "fetch", "command": ["fs-fetch", "AAPL"], "retries": 3, "timeout": "5m"}
///     {"name": "report", "shell": "fs-frame describe aapl.ndjson", "after": ["fetch"], "if": "ok"}
///
/// Spans are texts such as `5m`. Unknown members are refused: a misspelt `timeout` must not go unnoticed.
public struct TaskDefinition: Sendable {
  public struct Failure: Error, Equatable {
    public let message: String
    public init(_ message: String) { self.message = message }
  }

  public var task: NewTask
  /// What others call it by.
  public var name: String?
  /// The names of what it waits for; nil if nothing is said.
  public var after: [String]?
  public var condition = OutcomeCondition.completed

  private static let members: Set<String> = [
    "name", "command", "shell", "after", "if", "priority", "retries", "delay", "max_delay", "backoff", "retry_on",
    "timeout", "expires", "unique", "env", "clean_env", "cwd", "stdin", "tags", "group", "comment",
  ]

  public init(_ task: NewTask) { self.task = task }

  /// - Parameter folder: where it runs if it does not say.
  public init(_ json: JSONDocument, folder: String) throws(Failure) {
    guard let members = json.members else { throw Failure("a task is an object with \"command\" or \"shell\"") }
    for (key, _) in members where !TaskDefinition.members.contains(key) {
      throw Failure(
        "a task has no member \"\(key)\" (it has: \(TaskDefinition.members.sorted().joined(separator: ", ")))")
    }
    func text(_ key: String) throws(Failure) -> String? {
      guard let value = json[key], !value.isNull else { return nil }
      guard let text = value.string else { throw Failure("\"\(key)\" is a text") }
      return text
    }
    func texts(_ key: String) throws(Failure) -> [String]? {
      guard let value = json[key], !value.isNull else { return nil }
      if let one = value.string { return [one] }
      let list = (value.array ?? []).compactMap(\.string)
      guard let array = value.array, list.count == array.count else { throw Failure("\"\(key)\" is a list of texts") }
      return list
    }
    func span(_ key: String, least: Double, most: Double) throws(Failure) -> Int64? {
      guard let value = json[key], !value.isNull else { return nil }
      guard let seconds = value.string.flatMap(TimeSpan.seconds) ?? value.double, (least...most).contains(seconds)
      else {
        throw Failure(
          "\"\(key)\" is a span of \(TimeSpan.text(milliseconds: Int64(least * 1000))) to \(TimeSpan.text(milliseconds: Int64(most * 1000)))"
        )
      }
      return Int64(seconds * 1000)
    }
    let arguments: [String]
    let command = try texts("command")
    let shell = try text("shell")
    switch (command, shell) {
    case (let command?, nil) where json["command"]?.array != nil && !command.isEmpty: arguments = command
    case (nil, let script?): arguments = ["sh", "-c", script]
    case (_?, _?): throw Failure("a task has \"command\" or \"shell\", not both")
    case (_?, nil): throw Failure("\"command\" is a list: the program and its arguments (\"shell\" is a text)")
    case (nil, nil): throw Failure("a task needs \"command\" or \"shell\"")
    }
    task = NewTask(arguments: arguments, folder: try text("cwd") ?? folder)
    name = try text("name")
    after = try texts("after")
    if let text = try text("if") {
      do throws(Expression.Failure) { condition = try OutcomeCondition(text) } catch {
        throw Failure("\"if\": \(error.shown(in: text))")
      }
    }
    if let text = try text("priority") {
      guard let priority = TaskPriority.allCases.first(where: { $0.name == text }) else {
        throw Failure("\"priority\" is one of \(TaskPriority.allCases.map(\.name).joined(separator: ", "))")
      }
      task.priority = priority
    }
    if let value = json["retries"], !value.isNull {
      guard let retries = value.integer, (0...1000).contains(retries) else { throw Failure("\"retries\" is 0 to 1000") }
      task.retry.retries = retries
    }
    if let delay = try span("delay", least: 0.01, most: 86_400) { task.retry.delay = delay }
    if let longest = try span("max_delay", least: 0.01, most: 86_400) { task.retry.longest = longest }
    if let text = try text("backoff") {
      guard let backoff = TaskRetryPolicy.Backoff.allCases.first(where: { $0.name == text }) else {
        throw Failure("\"backoff\" is exponential or fixed")
      }
      task.retry.backoff = backoff
    }
    if let value = json["retry_on"], !value.isNull {
      let statuses = (value.array ?? []).compactMap(\.integer)
      guard let array = value.array, statuses.count == array.count, statuses.allSatisfy({ (1...255).contains($0) })
      else { throw Failure("\"retry_on\" is a list of exit statuses, 1 to 255") }
      task.retry.statuses = Set(statuses)
    }
    task.timeout = try span("timeout", least: 0.01, most: 31_536_000)
    // Counted from when it is added.
    task.expires = try span("expires", least: 0.01, most: 31_536_000)
    task.uniqueKey = try text("unique")
    if let value = json["env"], !value.isNull {
      guard let members = value.members else { throw Failure("\"env\" is an object of texts") }
      for (key, value) in members {
        guard let text = value.string, !key.isEmpty, !key.contains("=") else {
          throw Failure("\"env\" is an object of texts")
        }
        task.environment[key] = text
      }
    }
    if let value = json["clean_env"], !value.isNull {
      guard case .bool(let isClean) = value else { throw Failure("\"clean_env\" is true or false") }
      task.hasCleanEnvironment = isClean
    }
    if let text = try text("stdin") { task.input = Array(text.utf8) }
    task.tags = try texts("tags") ?? []
    task.group = try text("group") ?? ""
  }

  /// The object that reads back as this.
  public var json: String { json(withFolder: true) }

  public func json(withFolder: Bool) -> String {
    var parts: [String] = []
    func add(_ key: String, _ value: String) { parts.append("\(JSONString.quoted(key)):\(value)") }
    func span(_ key: String, _ value: Int64?) {
      if let value { add(key, JSONString.quoted(TimeSpan.text(milliseconds: value))) }
    }
    func list(_ texts: [String]) -> String { "[\(texts.map(JSONString.quoted).joined(separator: ","))]" }
    let standard = TaskRetryPolicy()
    if let name { add("name", JSONString.quoted(name)) }
    add("command", list(task.arguments))
    if let after { add("after", list(after)) }
    if condition != .completed { add("if", JSONString.quoted(condition.text)) }
    if task.priority != .normal { add("priority", JSONString.quoted(task.priority.name)) }
    if task.retry.retries != 0 { add("retries", String(task.retry.retries)) }
    if task.retry.delay != standard.delay { span("delay", task.retry.delay) }
    if task.retry.longest != standard.longest { span("max_delay", task.retry.longest) }
    if task.retry.backoff != .exponential { add("backoff", JSONString.quoted(task.retry.backoff.name)) }
    if let statuses = task.retry.statuses {
      add("retry_on", "[\(statuses.sorted().map(String.init).joined(separator: ","))]")
    }
    span("timeout", task.timeout)
    span("expires", task.expires)
    if let key = task.uniqueKey { add("unique", JSONString.quoted(key)) }
    if !task.environment.isEmpty {
      let pairs = task.environment.sorted { $0.key < $1.key }
      add(
        "env",
        "{\(pairs.map { "\(JSONString.quoted($0.key)):\(JSONString.quoted($0.value))" }.joined(separator: ","))}")
    }
    if task.hasCleanEnvironment { add("clean_env", "true") }
    if withFolder { add("cwd", JSONString.quoted(task.folder)) }
    if let input = task.input { add("stdin", JSONString.quoted(String(decoding: input, as: UTF8.self))) }
    if !task.tags.isEmpty { add("tags", list(task.tags)) }
    if !task.group.isEmpty { add("group", JSONString.quoted(task.group)) }
    return "{\(parts.joined(separator: ","))}"
  }

  /// The task to be added now: times that were spans count from here.
  public var dueNow: NewTask {
    var task = task
    task.expires = task.expires.map { TaskClock.now + $0 }
    return task
  }
}
