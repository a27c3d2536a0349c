import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageQueue
import FinstageStore
import FinstageSystem

/// `fs-queue resume`: lets tasks start again.
struct Resume: Tool {
  static let configuration = CommandConfiguration(commandName: "resume", abstract: "Let tasks start again after pause.")
  @OptionGroup var options: QueueOptions

  mutating func execute() throws -> ExitStatus {
    let queue = try options.open()
    try queue.pause(false)
    return .done
  }
}
