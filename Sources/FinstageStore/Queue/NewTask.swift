/// A task as it is added.
public struct NewTask: Sendable {
  /// The program and its arguments.
  public var arguments: [String]
  public var priority = TaskPriority.normal
  public var retry = TaskRetryPolicy()
  /// Milliseconds that a run may take; nil for ever.
  public var timeout: Int64?
  /// When it may run first, and when it is too late to begin: milliseconds since 1970.
  public var due: Int64?
  public var expires: Int64?
  /// No two unfinished tasks have the same.
  public var uniqueKey: String?
  public var folder: String
  /// It gets only the variables below and the few that any program needs, not those of the worker.
  public var hasCleanEnvironment = false
  /// Variables beside those of the worker.
  public var environment: [String: String] = [:]
  public var input: [UInt8]?
  public var tags: [String] = []
  /// Tasks of a group share its limits.
  public var group = ""
  /// What it waits for.
  public var after: [Dependency] = []
  /// The task that gathers the results of this one, and what tells this one from others of that batch.
  public var batch: Dependency.Parent?
  public var item: String?
  /// The schedule that added it.
  public var job: String?

  public init(arguments: [String], folder: String) {
    self.arguments = arguments
    self.folder = folder
  }
}

/// A task that another waits for.
public struct Dependency: Sendable, Equatable {
  public enum Parent: Sendable, Equatable {
    case task(Int64)
    /// A task that is added together with this one, by its place among them.
    case added(Int)
  }
  public var parent: Parent
  public var condition: OutcomeCondition

  public init(_ parent: Parent, _ condition: OutcomeCondition = .completed) {
    self.parent = parent
    self.condition = condition
  }
}

/// What to do with a task whose unique key an unfinished one has.
public enum UniquePolicy: String, Sendable, CaseIterable {
  /// The one that is there is the task.
  case ignore
  /// The one that is there, if it is not running yet, becomes the new one.
  case replace
  /// Nothing is added.
  case reject
}

/// Why a task was not added.
public enum TaskRefusal: Error {
  case database(DatabaseError)
  /// An unfinished task has the key.
  case notUnique(key: String, id: Int64)
  /// There is no such task to wait for.
  case noParent(Int64)
}
