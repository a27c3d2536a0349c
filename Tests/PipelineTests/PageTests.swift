import FinstageSystem
import TestSupport
import Testing

/// Pages in a browser, where there is one.
enum Browser {
  static let path: String? = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].first {
    (path: String) in access(path, X_OK) == 0
  }

  /// The document that a page has become after some seconds.
  static func document(_ address: String, seconds: Int, home: String) throws -> String {
    let run = try Run.command(
      path!,
      [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--user-data-dir=\(home)/browser",
        "--virtual-time-budget=\(seconds * 1000)", "--dump-dom", address,
      ], environment: ["HOME": home, "XDG_CONFIG_HOME": home, "XDG_CACHE_HOME": home])
    return run.text
  }
}

@Suite(.enabled(if: Browser.path != nil, "there is no Chromium")) struct PageTests {
  private let home = TemporaryFolder()

  @Test func theDemoOfStreams() throws {
    let service = try StreamService(home: home.path)
    service.quote("AAPL", "101.25")
    service.quote("AAPL", "101.75")
    service.quote("<i>X</i>", "1")
    service.child.write(#"{"type":"alert","symbol":"AAPL","severity":"warning","message":"<b>high</b>"}"# + "\n")
    let page = try Browser.document("http://127.0.0.1:\(service.port)/ws/demo", seconds: 5, home: home.path)
    #expect(page.contains(">connected</span>"), "\(page.prefix(3000))")
    #expect(page.contains("<td>AAPL</td>") && page.contains(">101.75</td>"))
    #expect(page.contains("&lt;b&gt;high&lt;/b&gt;") && !page.contains("<b>high"), "what comes is text")
    #expect(page.contains("<td>&lt;i&gt;X&lt;/i&gt;</td>"))
  }
}
