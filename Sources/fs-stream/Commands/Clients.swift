import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageServe
import FinstageSystem

/// `fs-stream clients`: who is connected.
struct Clients: Tool {
  static let configuration = CommandConfiguration(
    commandName: "clients", abstract: "List the clients of a server, a record each.")
  @OptionGroup var remote: RemoteOptions
  @OptionGroup var common: CommonOptions

  mutating func execute() throws -> ExitStatus {
    try common.write(try remote.ask("/ws/clients")["clients"]?.array ?? [])
    return .done
  }
}
