import CCurl
import FinstageCore
import FinstageSystem

/// A headline.
package struct NewsItem: Sendable, Equatable {
  /// Nanoseconds since 1970-01-01T00:00:00Z.
  package var time: Int64
  package var title: String
  package var link: String?
  /// The publisher, as the feed names it, or else the host of the link.
  package var source: String?
  /// A unique identifier: the feed's own, or else the link.
  package var guid: String

  /// The record of an item, as it was found for a symbol.
  package static let description = RecordDescription<(symbol: String, item: NewsItem)>([
    .init("type", .text) { _ in "news" },
    .init("symbol", .text) { .string($0.symbol) },
    .init("ts", .time) { .string(Timestamp.string($0.item.time)) },
    .init("title", .text) { .string($0.item.title) },
    .init("link", .text) { JSONValue($0.item.link) },
    .init("source", .text) { JSONValue($0.item.source) },
    .init("guid", .text) { .string($0.item.guid) },
  ])
}

/// Headlines about symbols, from Yahoo Finance's feed or any other RSS or Atom feed.
package struct NewsFeed: Sendable {
  /// Seconds for which headlines are fresh.
  package static let lifetime = 300.0

  private let template: TemplateURL

  /// - Parameter options: `urlTemplate` names another feed, `baseURL` another host for Yahoo's.
  package init(_ options: ProviderOptions) throws(FetchFailure) {
    var host = options.baseURL ?? "https://feeds.finance.yahoo.com"
    while host.hasSuffix("/") { host.removeLast() }
    template = try TemplateURL(
      options.urlTemplate ?? "\(host)/rss/2.0/headline?s={symbol}&region=US&lang=en-US", provider: "news",
      options.secrets)
  }

  package func request(_ symbol: String) -> HTTPRequest {
    template.request(
      HistoryRequest(symbol: symbol, interval: .oneDay, span: .range(.oneDay)), now: SystemClock.wallSeconds)
  }

  /// The headlines of an answer, oldest first, each once, and the number of incomplete headlines left out.
  package func items(in answer: HTTPAnswer) throws(FetchFailure) -> (items: [NewsItem], incomplete: Int) {
    try AnswerCheck.status(answer)
    var reader = FeedReader(answer.body)
    do throws(XMLScanner.Failure) {
      try reader.read()
    } catch {
      throw FetchFailure(
        .unavailable, "the answer is not a feed: at byte \(error.byte): \(error.message)", remedy: .again)
    }
    guard reader.isFeed else {
      throw FetchFailure(
        .unavailable, "the answer is not an RSS or Atom feed (a proxy, login or block page?)", remedy: .again)
    }
    // A feed lists the newest headline first, even among headlines of the same second.
    var seen: Set<String> = []
    let items = reader.items.filter { seen.insert($0.guid).inserted }.reversed().enumerated().sorted {
      ($0.element.time, $0.offset) < ($1.element.time, $1.offset)
    }
    return (items.map(\.element), reader.incomplete)
  }
}

/// Extracts the headlines from a feed.
private struct FeedReader {
  private var scanner: XMLScanner
  private(set) var items: [NewsItem] = []
  private(set) var incomplete = 0
  private(set) var isFeed = false

  private static let maxItems = 10_000

  init(_ bytes: [UInt8]) { scanner = XMLScanner(bytes) }

  mutating func read() throws(XMLScanner.Failure) {
    var depth = 0
    // The depth of the item being read, and the texts of its parts.
    var item: Int?
    var parts: [String: String] = [:]
    var part: String?
    while let event = try scanner.next() {
      switch event {
      case .start(let name, let attributes):
        depth += 1
        if depth == 1 { isFeed = ["rss", "feed", "rdf:RDF"].contains(name) }
        if item == nil, name == "item" || name == "entry" {
          item = depth
          parts = [:]
        } else if let item, depth == item + 1 {
          part = name
          if name == "link", let address = attributes["href"], parts[name] == nil || attributes["rel"] == "alternate" {
            parts[name] = address
          }
        }
      case .text(let text):
        if let part, let item, depth == item + 1 { parts[part, default: ""] += text }
      case .end:
        if depth == item {
          take(parts)
          item = nil
        }
        depth -= 1
        if let item, depth <= item { part = nil }
      }
    }
  }

  private mutating func take(_ parts: [String: String]) {
    func text(_ names: String...) -> String? {
      for name in names {
        // Line breaks within a headline mean nothing.
        let words = parts[name]?.split(whereSeparator: \.isWhitespace).joined(separator: " ") ?? ""
        if !words.isEmpty { return words }
      }
      return nil
    }
    let link = text("link")
    guard items.count < FeedReader.maxItems, let title = text("title"), let guid = text("guid", "id") ?? link,
      let time = text("pubDate", "published", "updated", "dc:date").flatMap(FeedReader.time)
    else {
      incomplete += 1
      return
    }
    var host = link.map { URLText.host(of: $0) }
    if host?.hasPrefix("www.") == true { host?.removeFirst(4) }
    items.append(
      NewsItem(time: time, title: title, link: link, source: text("source", "dc:creator") ?? host, guid: guid))
  }

  /// The instant of an RFC 822 or ISO 8601 date.
  private static func time(_ text: String) -> Int64? {
    if let time = Timestamp.parse(text) { return time }
    let second = Int64(fs_curl_getdate(text, nil))
    return (0..<9_000_000_000).contains(second) ? second * Timestamp.nanosecondsPerSecond : nil
  }
}
