import FinstageCore

/// Where an answer of a JSON service says that it goes on, under one of the usual names.
package enum NextPage: Sendable, Equatable {
  /// An address, whole or without its host.
  case address(String)
  /// A parameter of the query for the next request.
  case parameter(name: String, value: String)
  /// There is more, but the answer does not say where.
  case unknown(member: String)

  /// Names of members, and of the parameters that take their values.
  private static let names: [(member: String, parameter: String)] = [
    ("next_url", "next_url"), ("nextUrl", "nextUrl"), ("next_page_url", "next_page_url"), ("next", "next"),
    ("next_page_token", "page_token"), ("nextPageToken", "pageToken"), ("next_cursor", "cursor"),
    ("nextCursor", "cursor"), ("next_page", "page"), ("nextPage", "page"),
  ]
  /// Members that an answer may keep them in.
  private static let places = ["links", "_links", "meta", "pagination", "paging", "page_info"]

  /// Nil if the answer is complete.
  static func find(in document: JSONValue) -> NextPage? {
    for place in [document] + places.compactMap({ document[$0] }) where place.members != nil {
      for (member, parameter) in names {
        guard let found = place[member] else { continue }
        if let page = page(found, parameter, member) { return page }
      }
    }
    for place in [document] + places.compactMap({ document[$0] }) {
      for member in ["has_more", "hasMore", "has_next", "hasNextPage"] {
        guard case .bool(true)? = place[member] else { continue }
        return .unknown(member: member)
      }
    }
    return nil
  }

  private static func page(_ value: JSONValue, _ parameter: String, _ member: String) -> NextPage? {
    if let address = value["href"]?.string { return .address(address) }
    if let number = value.integer { return parameter == "page" ? .parameter(name: parameter, value: "\(number)") : nil }
    guard let text = value.string, !text.isEmpty else { return nil }
    if text.hasPrefix("http://") || text.hasPrefix("https://") || text.hasPrefix("/") || text.hasPrefix("?") {
      return .address(text)
    }
    // Of these, only an address makes sense.
    return parameter == member ? .unknown(member: member) : .parameter(name: parameter, value: text)
  }

  /// The request for the page after the one that a request has brought.
  func request(after request: HTTPRequest) throws(FetchFailure) -> HTTPRequest {
    var next = request
    switch self {
    case .unknown(let member):
      throw FetchFailure(
        .symbol,
        "the answer is one page of several (\"\(member)\"), and does not say how to get the next (ask for fewer bars)")
    case .parameter(let name, let value):
      next.url = NextPage.setting(name, to: URLText.encoded(value), in: request.url)
      next.question = request.question.map { NextPage.setting(name, to: URLText.encoded(value), in: $0) }
    case .address(let address):
      let root = NextPage.root(of: request.url)
      let whole =
        address.hasPrefix("/")
        ? root + address : address.hasPrefix("?") ? request.url.prefix { $0 != "?" } + address : address
      guard URLText.host(of: whole) == request.host, NextPage.root(of: whole).lowercased() == root.lowercased() else {
        throw FetchFailure(
          .symbol, "the next page of the answer is on another host: \(URLText.host(of: whole)): refused")
      }
      next.url = NextPage.keepingSecrets(of: request.url, in: whole)
      next.question = nil
    }
    return next
  }

  /// Scheme and host.
  private static func root(of url: String) -> String {
    guard let scheme = url.firstRange(of: "://") else { return url }
    return String(url[..<scheme.upperBound]) + url[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
  }

  private static func parameters(_ url: String) -> [Substring] {
    url.firstIndex(of: "?").map { url[url.index(after: $0)...].split(separator: "&") } ?? []
  }

  private static func setting(_ name: String, to value: String, in url: String) -> String {
    let others = parameters(url).filter { !$0.hasPrefix("\(name)=") }
    return url.prefix { $0 != "?" } + "?" + (others + ["\(name)=\(value)"]).joined(separator: "&")
  }

  /// Services leave the key out of the addresses they send.
  private static func keepingSecrets(of first: String, in url: String) -> String {
    let secret = parameters(first).filter { Secrets.isWanted(in: String($0)) }
    let known = parameters(url).map { $0.prefix { $0 != "=" } }
    let missing = secret.filter { part in !known.contains(part.prefix { $0 != "=" }) }
    if missing.isEmpty { return url }
    return url + (url.contains("?") ? "&" : "?") + missing.joined(separator: "&")
  }
}
