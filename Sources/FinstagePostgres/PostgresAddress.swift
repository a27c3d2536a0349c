import FinstageSystem

/// Where a queue is: `postgres://user@host/database?schema=name`, in all other respects an address as libpq takes it.
package struct PostgresAddress: Sendable, Equatable {
  /// What libpq gets.
  package let connection: String
  /// The schema that has the tables.
  package let schema: String
  /// The address without a password, for messages.
  package let name: String

  package static let standardSchema = "fs_queue"
  private static let schemes = ["postgres://", "postgresql://"]

  package static func isOne(_ text: String) -> Bool { schemes.contains { text.hasPrefix($0) } }

  /// - Throws: `ToolFailure`, if the schema has another name than a table of PostgreSQL may have without quotation marks.
  package init(_ text: String) throws {
    var (head, parameters) = (text[...], [Substring]())
    if let mark = text.firstIndex(of: "?") {
      head = text[..<mark]
      parameters = text[text.index(after: mark)...].split(separator: "&")
    }
    var schema = PostgresAddress.standardSchema
    if let place = parameters.firstIndex(where: { $0.hasPrefix("schema=") }) {
      schema = String(parameters.remove(at: place).dropFirst(7))
    }
    guard let first = schema.utf8.first, schema.utf8.count <= 63, first == 0x5F || (0x61...0x7A).contains(first),
      schema.utf8.allSatisfy({ $0 == 0x5F || (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) })
    else {
      throw ToolFailure(
        .usage,
        "schema=\(schema): the name of a schema has lower-case letters, digits and _, at most 63, and begins with no digit"
      )
    }
    self.schema = schema
    let tail = parameters.isEmpty ? "" : "?" + parameters.joined(separator: "&")
    connection = head + tail
    var name = String(head)
    // user:password@
    if let at = head.lastIndex(of: "@"), let scheme = head.range(of: "://"),
      let colon = head[scheme.upperBound..<at].firstIndex(of: ":")
    {
      name = String(head[..<colon] + head[at...])
    }
    let shown =
      parameters.filter { !$0.hasPrefix("password=") && !$0.hasPrefix("sslpassword=") }
      + (schema == PostgresAddress.standardSchema ? [] : ["schema=\(schema)"])
    self.name = name + (shown.isEmpty ? "" : "?" + shown.joined(separator: "&"))
  }

  /// Whether the text has a password, which everybody on the machine could read in a list of processes.
  package static func hasPassword(_ text: String) -> Bool {
    guard let address = try? PostgresAddress(text) else { return false }
    return text.contains("password=") || !text.hasPrefix(address.name.prefix { $0 != "?" })
  }
}

extension Substring {
  fileprivate func range(of text: String) -> Range<Index>? {
    var place = startIndex
    while place < endIndex {
      if self[place...].hasPrefix(text) { return place..<index(place, offsetBy: text.count) }
      place = index(after: place)
    }
    return nil
  }
}
