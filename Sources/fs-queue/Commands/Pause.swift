import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageQueue
import FinstageStore
import FinstageSystem

/// `fs-queue pause`: keeps tasks from starting, or stops tasks.
struct Pause: Tool {
  static let configuration = CommandConfiguration(
    commandName: "pause", abstract: "Start no more tasks until resume; or keep only the tasks that are named.",
    discussion: """
      Without numbers, no task of the queue starts until fs-queue resume, and running tasks continue. With numbers, \
      waiting tasks are kept from starting, and the processes of running tasks are stopped (SIGSTOP) until fs-queue resume \
      with the same numbers. The time of a stop does not count for --timeout.
      """)
  @OptionGroup var options: QueueOptions
  @Argument(help: "The numbers of tasks; none for the whole queue.") var ids: [Int64] = []

  mutating func execute() throws -> ExitStatus { try options.pause(ids, "pause", true) }
}

extension QueueOptions {
  /// Pauses or resumes tasks; the whole queue if there are none.
  func pause(_ ids: [Int64], _ name: String, _ isPaused: Bool) throws -> ExitStatus {
    if ids.isEmpty {
      try open().pause(isPaused)
      return .done
    }
    return try change(ids, name) { queue, id in
      guard let state = try queue.pause(id, isPaused) else { return "there is no task \(id)" }
      return state.isFinal ? "task \(id) is already \(state.name)" : nil
    }
  }
}
