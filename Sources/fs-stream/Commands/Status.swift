import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageServe
import FinstageSystem

/// `fs-stream status`: what a server does.
struct Status: Tool {
  static let configuration = CommandConfiguration(commandName: "status", abstract: "Say what a server does, as JSON.")
  @OptionGroup var remote: RemoteOptions

  mutating func execute() throws -> ExitStatus {
    try CommonOptions.parse([]).write([try remote.ask("/ws/status")])
    return .done
  }
}
