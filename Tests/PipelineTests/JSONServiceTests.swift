import FinstageSystem
import TestSupport
import Testing

/// The provider json against services of the usual kinds: pages, keys in header fields, redirects.
@Suite struct JSONServiceTests {
  private let home = TemporaryFolder()

  private func fetch(
    _ template: String, _ arguments: String..., environment: [String: String] = [:]
  ) throws -> Run.Result {
    try Run.tool(
      "fs-fetch",
      ["--provider", "json", "--range", "max", "--url-template", template, "--rows", "bars", "X"] + arguments,
      environment: environment.merging(["FINSTAGE_HOME": home.path]) { $1 })
  }

  private func bars(_ days: ClosedRange<Int>, _ more: String = "") -> LoopbackServer.Answer {
    let rows = days.map { #"{"t":"2024-01-0\#($0)","c":\#($0)}"# }.joined(separator: ",")
    return .init(#"{"bars":[\#(rows)]\#(more)}"#)
  }

  private func days(_ result: Run.Result) -> [String] {
    result.lines.compactMap { $0.split(separator: "\"").first { $0.hasPrefix("2024-") }.map(String.init) }
  }

  /// The addresses of the two kinds of services: a token, and an address without the key.
  @Test(arguments: [
    ("?limit=2&k={key}", #","next_page_token":"a b""#, "/X?limit=2&k=K&page_token=a%20b"),
    ("?k={key}", #","next_url":"/X?cursor=7""#, "/X?cursor=7&k=K"),
    ("?k={key}", #","links":{"next":{"href":"?cursor=8"}}"#, "/X?cursor=8&k=K"),
    ("?page=1", #","next_page":2"#, "/X?page=2"),
    ("", #","meta":{"next_cursor":"z"}"#, "/X?cursor=z"),
  ]) func pagesAreFetched(_ query: String, _ member: String, _ second: String) throws {
    let server = try LoopbackServer { target in target == second ? bars(1...2) : bars(3...4, member) }
    defer { server.stop() }
    let result = try fetch(
      server.url + "/{symbol}" + query,
      environment: ["FINSTAGE_JSON_KEY": "K"])
    #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors) \(server.requests)")
    #expect(days(result) == ["2024-01-01", "2024-01-02", "2024-01-03", "2024-01-04"], "newest pages first, too")
    let again = try fetch(
      server.url + "/{symbol}" + query, "--offline",
      environment: ["FINSTAGE_JSON_KEY": "K"])
    #expect(again.text == result.text && server.requests.count == 2, "\(again.errors)")
  }

  @Test func pagesThatCannotBeFetchedAreNotPassedOver() throws {
    for (member, words) in [
      (#","has_more":true"#, "the answer is one page of several (\"has_more\")"),
      (#","next_url":"http://elsewhere.example/x""#, "on another host: elsewhere.example"),
      (#","next_url":"?s=X""#, "the pages of the answer go in a circle"),
    ] {
      let server = try LoopbackServer { _ in bars(1...2, member) }
      defer { server.stop() }
      let result = try fetch(server.url + "/x?s={symbol}")
      #expect(result.status == 1 && result.text.isEmpty && result.errors.contains(words), "\(result.errors)")
    }
  }

  @Test func aKeyInAHeaderFieldGoesToOneHostOnly() throws {
    let other = try LoopbackServer { _ in bars(1...2) }
    defer { other.stop() }
    let server = try LoopbackServer { target in
      if target.contains("moved") {
        var answer = LoopbackServer.Answer("", status: 302)
        answer.headers = ["Location: \(other.url)/x"]
        return answer
      }
      return bars(1...1)
    }
    defer { server.stop() }
    let header = ["--header", "X-Api-Key: {key}", "--header", "X-Secret: Bearer {secret}"]
    let environment = ["FINSTAGE_JSON_KEY": "K1", "FINSTAGE_JSON_SECRET": "S1", "FINSTAGE_HOME": home.path]
    func run(_ path: String, _ environment: [String: String]) throws -> Run.Result {
      try Run.tool(
        "fs-fetch",
        [
          "--provider", "json", "--url-template", "\(server.url)/\(path)?s={symbol}", "--rows", "bars", "--range",
          "max",
        ]
          + header + ["X"], environment: environment)
    }
    let result = try run("x", environment)
    #expect(result.status == 0 && days(result) == ["2024-01-01"], "\(result.errors)")
    #expect(server.requests[0].contains("X-Api-Key: K1\r\n") && server.requests[0].contains("X-Secret: Bearer S1\r\n"))
    let kept = try Run.tool("fs-fetch", ["cache", "list"], environment: ["FINSTAGE_HOME": home.path])
    #expect(kept.text.contains("/x?s=X") && !kept.text.contains("K1") && !kept.text.contains("S1"))
    let moved = try run("moved", environment)
    #expect(moved.status == 69 && moved.errors.contains("a key is not sent on"), "\(moved.errors)")
    #expect(other.requests.isEmpty)
    let without = try run("y", ["FINSTAGE_JSON_KEY": "K1", "FINSTAGE_HOME": home.path])
    #expect(without.status == 64 && without.errors.contains("set FINSTAGE_JSON_SECRET"), "\(without.errors)")
  }

  @Test(arguments: ["X", "X Y: z", "Host: other", "X: a\nB: c", ": v", "X:"]) func notAHeaderField(_ text: String)
    throws
  {
    let result = try Run.tool("fs-fetch", ["--header", text, "A"])
    #expect(result.status == 64)
  }

  @Test func aPasswordInAnAddressIsNotKept() throws {
    let server = try LoopbackServer { _ in bars(1...2) }
    defer { server.stop() }
    let url = server.url.replacing("http://", with: "http://me:hidden@")
    let result = try fetch(url + "/x?s={symbol}", "--record", home.path + "/tape")
    #expect(result.status == 0 && server.requests[0].contains("Authorization: Basic"), "\(result.errors)")
    let found = try Run.shell(
      "fs-fetch cache list; cat tape/*", folder: home.path, environment: ["FINSTAGE_HOME": home.path])
    #expect(found.text.contains("http://me@127.0.0.1") && !found.text.contains("hidden"), "\(found.text)")
  }
}
