import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageQueue
import FinstageStore
import FinstageSystem

extension Schedule {
  struct Remove: Tool {
    static let configuration = CommandConfiguration(
      commandName: "remove", abstract: "Remove schedules; tasks that they added stay.")
    @OptionGroup var options: QueueOptions
    @Argument(help: "The names of the schedules.") var names: [String]

    mutating func execute() throws -> ExitStatus {
      let queue = try options.open()
      var isPartly = false
      for name in names where !(try queue.removeSchedule(name)) {
        options.diagnostics("schedule").error("there is no schedule \"\(name)\"")
        isPartly = true
      }
      return isPartly ? .partly : .done
    }
  }
}
