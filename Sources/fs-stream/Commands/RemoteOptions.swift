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
