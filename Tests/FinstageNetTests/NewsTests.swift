import FinstageCore
import TestSupport
import Testing

@testable import FinstageNet

/// Feeds of headlines.
@Suite struct NewsTests {
  private func items(_ text: String, status: Int = 200) throws -> (items: [NewsItem], incomplete: Int) {
    var answer = HTTPAnswer()
    answer.status = status
    answer.body = Array(text.utf8)
    answer.address = "https://feeds.example.com/rss"
    return try NewsFeed(ProviderOptions()).items(in: answer)
  }

  private func message(_ text: String, status: Int = 200) -> String {
    do { return "no failure: \(try items(text, status: status))" } catch { return "\(error)" }
  }

  private let rss = """
    <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
    <!DOCTYPE rss [ <!ENTITY big "x > y"> ]>
    <rss version="2.0"><channel><title>Headlines</title><image><title>no</title><link>no</link></image>
    <!-- the newest first <item> -->
    <item><title>Apple &amp; AT&#38;T say &quot;no&quot; &#x1F34E; &big; &amp;amp;</title>
      <link>https://www.example.com/b?x=1&amp;y=2</link><guid isPermaLink="false">b</guid>
      <description><![CDATA[<p>not</p>]]></description><pubDate>Tue, 14 Nov 2023 22:13:20 +0000</pubDate></item>
    <item><title><![CDATA[One <b> of
      two lines]]></title><link>https://example.org/a</link><guid>a</guid>
      <source url="https://example.org">Example</source><pubDate>Tue, 14 Nov 2023 14:00:00 -0500</pubDate></item>
    <item><title>Again</title><guid>a</guid><pubDate>Tue, 14 Nov 2023 20:00:00 GMT</pubDate></item>
    <item><title>When?</title><guid>c</guid></item><item/>
    </channel></rss>
    """

  @Test func headlinesOfRSS() throws {
    let (items, incomplete) = try items(rss)
    #expect(incomplete == 2)
    #expect(items.map(\.guid) == ["a", "b"], "oldest first, each once")
    #expect(items[0].title == "One <b> of two lines")
    #expect(items[0].source == "Example")
    #expect(Timestamp.string(items[0].time) == "2023-11-14T19:00:00Z")
    #expect(
      NewsItem.description.json(("AAPL", items[1])).text
        == #"{"type":"news","symbol":"AAPL","ts":"2023-11-14T22:13:20Z","title":"Apple & AT&T say \"no\" 🍎 &big; &amp;","#
        + #""link":"https://www.example.com/b?x=1&y=2","source":"example.com","guid":"b"}"#)
  }

  @Test func headlinesOfAtom() throws {
    let (items, _) = try items(
      """
      <feed xmlns='http://www.w3.org/2005/Atom'><title>Feed</title><entry><title type='text'>Up</title>
      <link rel='self' href='https://a.example/self'/><link rel='alternate' href='https://a.example/1'/>
      <id>urn:1</id><updated>2024-01-02T03:04:05+01:00</updated></entry></feed>
      """)
    #expect(
      items == [
        NewsItem(
          time: try #require(Timestamp.parse("2024-01-02T02:04:05Z")), title: "Up", link: "https://a.example/1",
          source: "a.example", guid: "urn:1")
      ])
    #expect(try self.items("<rss><channel/></rss>").items.isEmpty, "no news")
  }

  @Test func whatIsNoFeedIsNamed() {
    #expect(message("").contains("ends too early"))
    #expect(message("<!DOCTYPE html><html><body><p>Log in</p></body></html>").contains("not an RSS or Atom feed"))
    #expect(message("<html><br></html>").contains("not a feed: at byte"))
    #expect(message(#"{"error":"x"}"#).contains("not a feed: at byte 1"))
    #expect(message("x", status: 404).contains("unknown symbol"))
    #expect(message("", status: 429).contains("too many requests"))
    // Cut anywhere, it is never taken for the whole.
    let bytes = Array(rss.utf8)
    for count in stride(from: 0, to: bytes.count, by: 7) {
      #expect(message(String(decoding: bytes[..<count], as: UTF8.self)).contains("feed"), "\(count) bytes")
    }
    #expect(message(String(repeating: "<a>", count: 100_000)).contains("nested too deep"))
    #expect(message(rss + rss).contains("not a feed: at byte"))
    #expect(message(rss + "more").contains("text outside"))
    #expect(message("<a b=c></a>").contains("not in quotes") && message("<a b></a>").contains("no value"))
  }

  @Test func nothingThatADocumentDeclaresIsExpanded() throws {
    let laughs = """
      <!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>
      <rss><channel><item><title>&b;&f;</title><guid>1</guid><pubDate>Tue, 14 Nov 2023 22:13:20 GMT</pubDate></item>
      </channel></rss>
      """
    #expect(try items(laughs).items.first?.title == "&b;&f;")
  }

  @Test func symbolsAreDataInAddresses() throws {
    #expect(
      try NewsFeed(ProviderOptions()).request("^GSPC&x=1/..").url
        == "https://feeds.finance.yahoo.com/rss/2.0/headline?s=%5EGSPC%26x%3D1%2F..&region=US&lang=en-US")
    var options = ProviderOptions()
    options.urlTemplate = "file:///{symbol}"
    #expect(throws: FetchFailure.self) { try NewsFeed(options) }
  }
}
