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

  /// Whether it has a password, which everybody on the machine could read in a list of processes.
  private let hasPassword: Bool

  /// - Throws: `ToolFailure`, if the schema has another name than a table of PostgreSQL may have without quotation marks.
  package init(_ text: String) throws {
    var (head, parameters) = (text[...], [Substring]())
    if let mark = text[PostgresAddress.endOfLogin(text)...].firstIndex(of: "?") {
      head = text[..<mark]
      parameters = text[text.index(after: mark)...].split(separator: "&")
    }
    var schema = PostgresAddress.standardSchema
    if let place = parameters.firstIndex(where: { $0.hasPrefix("schema=") }) {
      schema = String(parameters.remove(at: place).dropFirst(7))
    }
    guard let first = schema.utf8.first, schema.utf8.count <= 58, first == 0x5F || (0x61...0x7A).contains(first),
      schema.utf8.allSatisfy({ $0 == 0x5F || (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) })
    else {
      throw ToolFailure(
        .usage,
        "schema=\(schema): the name of a schema has lower-case letters, digits and _, at most 58, and begins with no digit"
      )
    }
    self.schema = schema
    let tail = parameters.isEmpty ? "" : "?" + parameters.joined(separator: "&")
    connection = head + tail
    // Whatever may be a password is not shown, also where libpq would see none: a slash in it ends the login.
    var name = String(head)
    if let at = head.lastIndex(of: "@"), let scheme = head.firstRange(of: "://"), scheme.upperBound <= at,
      let colon = head[scheme.upperBound..<at].firstIndex(of: ":")
    {
      name = String(head[..<colon] + head[at...])
    }
    let shown = parameters.filter { !$0.hasPrefix("password=") && !$0.hasPrefix("sslpassword=") }
    hasPassword = name != head || shown.count < parameters.count
    let all = shown + (schema == PostgresAddress.standardSchema ? [] : ["schema=\(schema)"])
    self.name = name + (all.isEmpty ? "" : "?" + all.joined(separator: "&"))
  }

  /// Where the host begins: behind `user:password@`, in which there may be question marks, as libpq reads it.
  private static func endOfLogin(_ text: String) -> String.Index {
    guard let scheme = text.firstRange(of: "://"),
      let end = text[scheme.upperBound...].firstIndex(where: { $0 == "@" || $0 == "/" }), text[end] == "@"
    else { return text.startIndex }
    return text.index(after: end)
  }

  /// Whether an address has a password, which everybody on the machine could read in a list of processes.
  package static func hasPassword(_ text: String) -> Bool { (try? PostgresAddress(text))?.hasPassword ?? false }
}
