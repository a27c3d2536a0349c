import FinstageCore
import FinstageProcess
import FinstageServe
import FinstageSystem

// ws-echo --port N [--deflate]: echoes messages through the library and the server of fs-stream, for conformance suites.

final class Echo: ServerOwner {
  let server: Server
  init(_ server: Server) {
    self.server = server
    server.owner = self
  }
  func admit(_ request: HTTPRequest, _ connection: Connection) throws(HTTPRequest.Fault) {}
  func opened(_ request: HTTPRequest, _ connection: Connection) {}
  func closed(_ connection: Connection) {}
  func answer(_ request: HTTPRequest, _ connection: Connection) {
    server.send(
      HTTPAnswer.bytes(426, headers: [("Upgrade", "websocket")], Array("a WebSocket is expected\n".utf8)), connection)
  }
  private let deflater = MessageDeflater(windowBits: 15)!

  func received(_ message: [UInt8], isText: Bool, _ connection: Connection) {
    let kind: WebSocketFrame.Opcode = isText ? .text : .binary
    guard connection.deflate?.serverWindowBits == 15 else {
      return server.send(WebSocketFrame.bytes(kind, message), connection)
    }
    server.send(WebSocketFrame.bytes(kind, deflater.packed(message), isCompressed: true), connection)
  }
}

let words = CommandLine.arguments
guard let place = words.firstIndex(of: "--port"), place + 1 < words.count, let port = Int(words[place + 1]),
  (0...65_535).contains(port)
else {
  print("usage: ws-echo --port N [--deflate]")
  systemExit(64)
}
Interruption.install()
_ = DescriptorLimit.raise(to: 1 << 20)
var limits = Server.Limits()
limits.largestMessage = 64 << 20
limits.mostQueued = 256 << 20
let server = Server(limits: limits)
server.deflates = words.contains("--deflate")
let echo = Echo(server)
let bound = try server.listen(host: "127.0.0.1", port: port)
print("ws://127.0.0.1:\(bound)")
fflush(nil)
server.onTick = { _ in if Interruption.isRequested { server.isDone = true } }
server.run()
