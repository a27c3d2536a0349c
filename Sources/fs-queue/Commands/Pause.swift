import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageQueue
import FinstageStore
import FinstageSystem

/// `fs-queue pause`: nothing begins.
struct Pause: Tool {
  static let configuration = CommandConfiguration(
    commandName: "pause", abstract: "Let no task begin until resume; what runs goes on.")
  @OptionGroup var options: QueueOptions

  mutating func execute() throws -> ExitStatus {
    let queue = try options.open()
    try queue.pause(true)
    return .done
  }
}
