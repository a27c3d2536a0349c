import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageQueue
import FinstageStore
import FinstageSystem

/// `fs-queue pause`: keeps tasks from starting.
struct Pause: Tool {
  static let configuration = CommandConfiguration(
    commandName: "pause", abstract: "Start no more tasks until resume; running tasks continue.")
  @OptionGroup var options: QueueOptions

  mutating func execute() throws -> ExitStatus {
    let queue = try options.open()
    try queue.pause(true)
    return .done
  }
}
