import FinstageCore
import FinstageMetrics
import FinstageServe
import FinstageSystem

/// The metrics over HTTP. Nothing can be changed through it.
final class Dashboard: ServerOwner {
  private let server: Server
  private let store: MetricsStore
  private let names: Set<String>

  private static let mostPoints = 5000

  init(_ server: Server, _ store: MetricsStore, names: Set<String>) {
    self.server = server
    self.store = store
    self.names = names
    server.owner = self
  }

  func admit(_ request: HTTPRequest, _ connection: Connection) throws(HTTPRequest.Fault) {
    throw HTTPRequest.Fault(status: 404, reason: "there is no WebSocket here")
  }
  func opened(_ request: HTTPRequest, _ connection: Connection) {}
  func received(_ text: [UInt8], isText: Bool, _ connection: Connection) {}
  func closed(_ connection: Connection) {}

  /// Whether a request is for this machine: a page of elsewhere that has made its name mean this machine is not.
  private func isForUs(_ request: HTTPRequest) -> Bool {
    guard let host = request.header("host") else { return false }
    var name = Substring(host)
    if name.hasPrefix("[") {
      name = name.dropFirst().prefix { $0 != "]" }
    } else if let colon = name.lastIndex(of: ":") {
      name = name[..<colon]
    }
    let known = ["localhost", "127.0.0.1", "::1"] + names.map { $0.lowercased() }
    return known.contains(name.lowercased())
  }

  func answer(_ request: HTTPRequest, _ connection: Connection) {
    let isHead = request.method == "HEAD"
    func send(_ bytes: [UInt8]) { server.send(isHead ? HTTPAnswer.head(of: bytes) : bytes, connection) }
    func fail(_ status: Int, _ text: String, _ headers: [(String, String)] = []) {
      send(HTTPAnswer.json(status, ["error": .string(text)], headers: headers))
    }
    guard isForUs(request) else { return fail(421, "unknown host name (--name gives it more)") }
    guard isHead || request.method == "GET" else { return fail(405, "GET or HEAD", [("Allow", "GET, HEAD")]) }
    do {
      guard let bytes = try page(request) else {
        return fail(404, "not found (try /, /metrics, /api/metrics/current)")
      }
      send(bytes)
    } catch let fault as HTTPRequest.Fault {
      fail(fault.status, fault.reason)
    } catch {
      fail(500, (error as? any ExitError)?.sentence ?? "\(error)")
    }
  }

  private func span(hours: Double) -> Range<Int64> {
    let now = SystemClock.wallNanoseconds
    return now - Int64(hours * 3600e9)..<now + 1
  }

  private func page(_ request: HTTPRequest) throws -> [UInt8]? {
    switch request.path {
    case "/":
      return HTTPAnswer.bytes(
        200, type: "text/html; charset=utf-8",
        headers: [
          ("Content-Security-Policy", DashboardPage.policy), ("Cache-Control", "no-cache"),
          ("Referrer-Policy", "no-referrer"),
        ], Array(DashboardPage.text.utf8))
    case "/healthz": return HTTPAnswer.bytes(200, Array("ok\n".utf8))
    case "/readyz":
      _ = try store.series()
      return HTTPAnswer.bytes(200, Array("ready\n".utf8))
    case "/metrics":
      let wantsOpen = request.header("accept")?.contains("application/openmetrics-text") ?? false
      let lines =
        wantsOpen
        ? try Exposition.openMetrics(store, in: span(hours: 1)) : try Exposition.lines(store, in: span(hours: 1))
      let type =
        wantsOpen
        ? "application/openmetrics-text; version=1.0.0; charset=utf-8" : "text/plain; version=0.0.4; charset=utf-8"
      return HTTPAnswer.bytes(200, type: type, Array((lines.joined(separator: "\n") + "\n").utf8))
    case "/api/series": return HTTPAnswer.json(200, ["series": .array(try store.series().map { record($0.series) })])
    case "/api/health":
      let health = Health(try Health.Readings(store, in: span(hours: 1)))
      return HTTPAnswer.json(
        200, ["status": health.status.map { .string($0.rawValue) } ?? .null, "timestamp": timestamp])
    case "/api/metrics/current": return HTTPAnswer.json(200, try current())
    case "/api/metrics/history": return HTTPAnswer.json(200, try history(request))
    default: return nil
    }
  }

  private var timestamp: JSONValue { .string(Timestamp.string(SystemClock.wallSeconds * 1_000_000_000)) }

  private func record(_ series: MetricSeries, _ more: [(key: String, value: JSONValue)] = []) -> JSONValue {
    .object(
      [
        ("name", .string(series.name)), ("unit", .string(series.unit)),
        ("labels", series.labelsJSON),
      ] + more)
  }

  private func current() throws -> JSONValue {
    let health = Health(try Health.Readings(store, in: span(hours: 1)))
    let day = span(hours: 24)
    let series = try store.series().compactMap { id, series -> JSONValue? in
      let readings = try store.readings(id, in: day)
      guard let value = readings.values.last, let time = readings.times.last else { return nil }
      return record(
        series,
        [
          ("value", value.isNaN ? .null : .number(value)), ("ts", .string(Timestamp.string(time))),
          ("count", JSONValue(readings.values.count)),
        ])
    }
    return [
      "timestamp": timestamp, "status": health.status.map { .string($0.rawValue) } ?? .null,
      "score": health.score.map { .rounded($0, 1) } ?? .null,
      "parts": .object(
        health.parts.map { ($0.name, ["value": .rounded($0.value, 2), "points": .rounded($0.points, 1)] as JSONValue) }),
      "recommendations": .array(health.advice.map(\.json)), "series": .array(series),
    ]
  }

  private func history(_ request: HTTPRequest) throws -> JSONValue {
    guard let name = request.parameter("name") else { throw HTTPRequest.Fault(status: 400, reason: "name is missing") }
    guard let hours = Double(request.parameter("hours") ?? "24"), hours > 0, hours <= 8784 else {
      throw HTTPRequest.Fault(status: 400, reason: "hours must be above 0 and at most 8784")
    }
    guard let points = Int(request.parameter("points") ?? "500"), (2...Dashboard.mostPoints).contains(points) else {
      throw HTTPRequest.Fault(status: 400, reason: "points must be 2 to 5000")
    }
    var labels: [String: String] = [:]
    for pair in request.query.split(separator: "&") {
      let key = pair.prefix { $0 != "=" }
      if !["name", "hours", "points"].contains(key) { labels[String(key)] = request.parameter(String(key)) }
    }
    let span = span(hours: hours)
    // Exactly these labels: another series of the same name is another line.
    guard
      let (id, series) = try store.series(.init(name: name, labels: labels)).first(where: {
        $0.series.labels.count == labels.count
      })
    else { throw HTTPRequest.Fault(status: 404, reason: "there is no such series") }
    let bins = try History.bins(store, id, in: span, count: points)
    return record(
      series,
      [
        (
          "points",
          .array(
            bins.map { bin in
              guard let rollUp = bin.rollUp, rollUp.count > 0 else {
                return [JSONValue(Int(bin.start / 1_000_000)), .null, .null, .null]
              }
              return [
                JSONValue(Int(bin.start / 1_000_000)), .number(rollUp.mean!), .number(rollUp.minimum),
                .number(rollUp.maximum),
              ]
            })
        )
      ])
  }
}
