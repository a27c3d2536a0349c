import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageServe
import FinstageSystem

/// `fs-stream broadcast`: a message to everybody.
struct Broadcast: Tool {
  static let configuration = CommandConfiguration(
    commandName: "broadcast", abstract: "Send a message to all clients of a server.")
  @Argument(help: "The message.") var message: String
  @Option(
    help: ArgumentHelp(
      "Only to those who have subscribed to this: all, prices, technical_analysis, alerts.", valueName: "type"))
  var to = "all"
  @OptionGroup var remote: RemoteOptions

  mutating func execute() throws -> ExitStatus {
    let answer = try remote.ask(
      "/ws/broadcast", method: "POST", body: ["message": .string(message), "target_type": .string(to)])
    try write("sent to \(answer["active_connections"]?.integer ?? 0) clients")
    return .done
  }
}
