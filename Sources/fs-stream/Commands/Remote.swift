import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageServe
import FinstageSystem

/// Questions to a server.
struct RemoteOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The server: http://HOST:PORT.", valueName: "address")) var url = "http://127.0.0.1:8081"
  @Option(
    help: ArgumentHelp(
      "A file with the administrator's token, if the server is not one of this user here.", valueName: "file"),
    completion: .file())
  var token: String?

  func ask(_ path: String, method: String = "GET", body: JSONValue? = nil) throws -> JSONValue {
    var base = url
    while base.hasSuffix("/") { base.removeLast() }
    guard let address = WebSocketAddress(base + path, path: "/") else {
      throw ToolFailure(.usage, "--url \(url): an address such as http://localhost:8081 is expected")
    }
    let secret = try token.map { try Tokens.first($0) } ?? Tokens.adminToken(port: address.port)
    do throws(WebSocketClient.Failure) {
      let answer = try ServerRequest.send(
        address, method: method, token: secret, body: body.map { Array($0.text.utf8) } ?? [])
      guard answer.status == 200 else {
        let text = (try? JSONValue.parse(answer.body))?["error"]?.string ?? "HTTP \(answer.status)"
        throw WebSocketClient.Failure.refused(text)
      }
      return (try? JSONValue.parse(answer.body)) ?? .null
    } catch {
      switch error {
      case .unreachable(let text): throw ToolFailure(.unavailable, "\(text) (is fs-stream running there?)")
      case .refused(let text): throw ToolFailure(.notAllowed, "\(url): \(text)")
      }
    }
  }
}

/// `fs-stream status`: what a server does.
struct Status: Tool {
  static let configuration = CommandConfiguration(commandName: "status", abstract: "Say what a server does, as JSON.")
  @OptionGroup var remote: RemoteOptions

  mutating func execute() throws -> ExitStatus {
    try CommonOptions.parse([]).write([try remote.ask("/ws/status")])
    return .done
  }
}

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
