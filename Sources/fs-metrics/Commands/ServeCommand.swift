import ArgumentParser
import FinstageCommand
import FinstageMetrics
import FinstageServe
import FinstageSystem

/// `fs-metrics serve`: the page, and what it is made of.
struct ServeCommand: Tool {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Show the metrics as a page, for Prometheus, and as JSON.",
    discussion: """
      GET /                         the page: cards, charts that zoom, all in one self-contained file
      GET /metrics                  the last readings, for Prometheus (0.0.4, or OpenMetrics if it is asked for)
      GET /api/metrics/current      status, score and the last reading of each series
      GET /api/metrics/history      one series: ?name=...&hours=24&points=500, and label names and values
      GET /api/series, /api/health, /healthz, /readyz

      Nothing can be changed through it. It listens on this machine only unless --host says otherwise, and answers only requests for a name of this machine or one that --name gives, so that other web pages cannot read it.

      EXAMPLES:
        fs-metrics serve --port 8080
      """)
  @Option(help: "The port; 0 for any that is free.") var port = 8080
  @Option(help: "The address to listen at; 0.0.0.0 or :: for all of this machine.") var host = "127.0.0.1"
  @Option(
    help: ArgumentHelp("A name of this machine that requests may use; several times for more.", valueName: "name"))
  var name: [String] = []
  @OptionGroup var store: MetricsStoreOption
  @Flag(name: .shortAndLong, help: "Print errors only.") var quiet = false

  mutating func validate() throws {
    guard (0...65_535).contains(port) else { throw ValidationError("--port must be 0 to 65535") }
  }

  mutating func execute() throws -> ExitStatus {
    var diagnostics = Diagnostics(tool: "fs-metrics serve")
    diagnostics.isQuiet = quiet
    let server = Server()
    let dashboard = Dashboard(server, try store.open(), names: Set(name + [host]))
    let bound = try server.listen(host: host, port: port)
    diagnostics.warning("http://\(host.contains(":") ? "[\(host)]" : host):\(bound)/")
    server.onTick = { _ in if Interruption.isRequested { server.isDone = true } }
    withExtendedLifetime(dashboard) { server.run() }
    return .done
  }
}
