import FinstageExpressions
import FinstageCore
import FinstageStore
import FinstageSystem

/// A task as a JSON object, the same in chains, templates and schedules.
///
///     {"name": "fetch", "command": ["fs-fetch", "AAPL"], "retries": 3, "timeout": "5m"}
///     {"name": "report", "shell": "fs-frame describe aapl.ndjson", "after": ["fetch"], "if": "ok"}
///
/// Spans are strings such as `5m`. Unknown members are refused, because a misspelt `timeout` must not go unnoticed.
package struct TaskDefinition: Sendable {
  package struct Failure: ExitError, Equatable {
    package var exitStatus: ExitStatus { .badData }
    package let sentence: String
    package init(_ sentence: String) { self.sentence = sentence }
  }

  package var task: NewTask
  /// What others call it by.
  package var name: String?
  /// The names of what it waits for; nil if nothing is said.
  package var after: [String]?
  package var condition = OutcomeCondition.completed

  private static let members: Set<String> = [
    "name", "command", "shell", "after", "if", "priority", "retries", "delay", "max_delay", "backoff", "retry_on",
    "timeout", "expires", "unique", "env", "clean_env", "cwd", "stdin", "tags", "group", "on_failure", "on", "comment",
  ]

  package init(_ task: NewTask) { self.task = task }

  /// - Parameter folder: where the task runs if it has no `cwd`.
  package init(_ json: JSONValue, folder: String) throws {
    guard let members = json.members else { throw Failure("a task must be an object with \"command\" or \"shell\"") }
    for (key, _) in members where !TaskDefinition.members.contains(key) {
      throw Failure(
        "a task has no member \"\(key)\" (choose from \(TaskDefinition.members.sorted().joined(separator: ", ")))")
    }
    func text(_ key: String) throws -> String? {
      guard let value = json[key], !value.isNull else { return nil }
      guard let text = value.string else { throw Failure("\"\(key)\" must be a string") }
      return try whole(text, key)
    }
    /// No program can be given a zero byte: what follows it would be lost.
    func whole(_ text: String, _ key: String) throws -> String {
      guard !text.utf8.contains(0) else { throw Failure("\"\(key)\" has a zero byte, which no program can be given") }
      return text
    }
    func texts(_ key: String) throws -> [String]? {
      guard let value = json[key], !value.isNull else { return nil }
      if let one = value.string { return [try whole(one, key)] }
      let list = try (value.array ?? []).compactMap(\.string).map { try whole($0, key) }
      guard let array = value.array, list.count == array.count else {
        throw Failure("\"\(key)\" must be a list of strings")
      }
      return list
    }
    func span(_ key: String, least: Double, most: Double) throws -> Int64? {
      guard let value = json[key], !value.isNull else { return nil }
      guard let seconds = value.string.flatMap({ TimeSpan($0)?.seconds }) ?? value.double,
        (least...most).contains(seconds)
      else {
        throw Failure(
          "\"\(key)\" is a span of \(TimeSpan.milliseconds(Int64(least * 1000)).text) to \(TimeSpan.milliseconds(Int64(most * 1000)).text)"
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
    case (_?, nil): throw Failure("\"command\" must be a list of the program and its arguments (or use \"shell\")")
    case (nil, nil): throw Failure("a task needs \"command\" or \"shell\"")
    }
    task = NewTask(arguments: arguments, folder: try text("cwd") ?? folder)
    name = try text("name")
    after = try texts("after")
    if let text = try text("if") {
      do throws(Expression.Failure) { condition = try OutcomeCondition(text) } catch {
        throw Failure("\"if\": \(error.sentence)")
      }
    }
    if let text = try text("priority") {
      guard let priority = TaskPriority.allCases.first(where: { $0.name == text }) else {
        throw Failure("\"priority\" must be one of \(TaskPriority.allCases.map(\.name).joined(separator: ", "))")
      }
      task.priority = priority
    }
    if let value = json["retries"], !value.isNull {
      guard let retries = value.integer, (0...1000).contains(retries) else {
        throw Failure("\"retries\" must be 0 to 1000")
      }
      task.retry.retries = retries
    }
    if let delay = try span("delay", least: 0.01, most: 86_400) { task.retry.delay = delay }
    if let longest = try span("max_delay", least: 0.01, most: 86_400) { task.retry.longest = longest }
    if let text = try text("backoff") {
      guard let backoff = TaskRetryPolicy.Growth.allCases.first(where: { $0.name == text }) else {
        throw Failure("\"backoff\" must be exponential or fixed")
      }
      task.retry.backoff = backoff
    }
    if let value = json["retry_on"], !value.isNull {
      let statuses = (value.array ?? []).compactMap(\.integer)
      guard let array = value.array, statuses.count == array.count, statuses.allSatisfy({ (1...255).contains($0) })
      else { throw Failure("\"retry_on\" must be a list of exit statuses, 1 to 255") }
      task.retry.statuses = Set(statuses)
    }
    task.timeout = try span("timeout", least: 0.01, most: 31_536_000)
    task.expiresIn = try span("expires", least: 0.01, most: 31_536_000)
    task.uniqueKey = try text("unique")
    if let value = json["env"], !value.isNull {
      guard let members = value.members else { throw Failure("\"env\" must be an object of strings") }
      for (key, value) in members {
        guard let text = value.string, !key.isEmpty, !key.contains("=") else {
          throw Failure("\"env\" must be an object of strings")
        }
        task.environment[try whole(key, "env")] = try whole(text, "env")
      }
    }
    if let value = json["clean_env"], !value.isNull {
      guard case .bool(let isClean) = value else { throw Failure("\"clean_env\" must be true or false") }
      task.hasCleanEnvironment = isClean
    }
    if let text = json["stdin"]?.string { task.input = Array(text.utf8) }
    task.tags = try texts("tags") ?? []
    task.group = try text("group") ?? ""
    task.place = try text("on") ?? ""
    task.onFailure = try text("on_failure")
  }

  /// The members that can be changed while a task waits.
  package static let editable = members.subtracting(["name", "after", "if", "comment"])

  /// The JSON object that reads back as this definition.
  package func json(withFolder: Bool = true) -> JSONValue {
    func span(_ milliseconds: Int64?) -> JSONValue? { milliseconds.map { .string(TimeSpan.milliseconds($0).text) } }
    func unless(_ isStandard: Bool, _ value: JSONValue) -> JSONValue? { isStandard ? nil : value }
    let (retry, standard) = (task.retry, TaskRetryPolicy())
    let variables = task.environment.sorted { $0.key < $1.key }.map { (key: $0.key, value: JSONValue.string($0.value)) }
    return JSONValue(members: [
      ("name", name.map { .string($0) }),
      ("command", JSONValue(task.arguments)),
      ("after", after.map { JSONValue($0) }),
      ("if", unless(condition == .completed, .string(condition.text))),
      ("priority", unless(task.priority == .normal, .string(task.priority.name))),
      ("retries", unless(retry.retries == 0, JSONValue(retry.retries))),
      ("delay", retry.delay == standard.delay ? nil : span(retry.delay)),
      ("max_delay", retry.longest == standard.longest ? nil : span(retry.longest)),
      ("backoff", unless(retry.backoff == .exponential, .string(retry.backoff.name))),
      ("retry_on", retry.statuses.map { JSONValue($0.sorted()) }),
      ("timeout", span(task.timeout)),
      ("expires", span(task.expiresIn)),
      ("unique", task.uniqueKey.map { .string($0) }),
      ("env", unless(variables.isEmpty, .object(variables))),
      ("clean_env", unless(!task.hasCleanEnvironment, true)),
      ("cwd", unless(!withFolder, .string(task.folder))),
      ("stdin", task.input.map { .string(String(decoding: $0, as: UTF8.self)) }),
      ("tags", unless(task.tags.isEmpty, JSONValue(task.tags))),
      ("group", unless(task.group.isEmpty, .string(task.group))),
      ("on", unless(task.place.isEmpty, .string(task.place))),
      ("on_failure", task.onFailure.map { .string($0) }),
    ])
  }
}
