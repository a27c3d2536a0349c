import FinstageCore
import FinstageSystem

/// The task that the queue adds when another task fails for good: a shell command with the facts in its environment and the end of the log on its input.
///
/// A task can name the command (`NewTask.onFailure`); otherwise the queue's own command is used. The queue adds no alarm for an alarm that
/// fails, for a cancelled task, or for the items of a batch: the gatherer of the batch has the alarm.
enum FailureAlarm {
  /// How much of the log it gets, bytes.
  static let logSize = 16 << 10

  /// The command for a task that has ended; nil if nobody is to be told.
  /// - Parameters:
  ///   - own: what the task was added with: nil for the queue's command, empty for none.
  static func command(for task: TaskRecord, own: String?, standard: String?) -> String? {
    guard task.state == .failed || task.state == .dead else { return nil }
    if let own { return own.isEmpty ? nil : own }
    return task.gatherer == nil ? standard : nil
  }

  /// - Parameter log: the end of what it wrote on standard error, or of its output if that is empty.
  static func task(_ command: String, for failed: TaskRecord, environment: [String: String], log: [UInt8]) -> NewTask {
    // What made the task fail must not make this one fail: its folder may be gone, its PATH lead nowhere.
    let folder = ByteText.withCString(failed.folder) { access($0, X_OK) } == 0 ? failed.folder : "/"
    var task = NewTask(arguments: ["/bin/sh", "-c", command], folder: folder)
    task.priority = .high
    task.environment = environment.filter { $0.key != "PATH" }
    task.environment["FS_FAILED_ID"] = String(failed.id)
    task.environment["FS_FAILED_REASON"] = failed.reason ?? failed.state.name
    task.environment["FS_FAILED_STATUS"] = failed.status.map(String.init) ?? ""
    task.environment["FS_FAILED_ATTEMPTS"] = String(failed.attempt)
    task.environment["FS_FAILED_COMMAND"] = String(failed.arguments.joined(separator: " ").prefix(4096))
    if let schedule = failed.schedule { task.environment["FS_FAILED_SCHEDULE"] = schedule }
    task.input = log
    task.tags = ["alarm"]
    task.onFailure = ""
    return task
  }
}
