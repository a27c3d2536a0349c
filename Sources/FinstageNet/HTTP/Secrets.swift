/// What `{key}` and `{secret}` stand for in addresses and header fields. They are inserted only when a request is sent, so that no cache,
/// archive or message contains them.
package struct Secrets: Sendable {
  private var values: [(placeholder: String, value: String)] = []

  package init() {}

  /// - Parameter name: without the braces.
  package mutating func set(_ name: String, _ value: String?) {
    if let value { values.append(("{\(name)}", value)) }
  }

  static let placeholders = ["{key}", "{secret}"]

  /// The placeholder of a text for which there is no value; nil if there is none.
  func missing(in text: String) -> String? {
    Secrets.placeholders.first { name in text.contains(name) && !values.contains { $0.placeholder == name } }
  }

  func has(_ name: String) -> Bool { values.contains { $0.placeholder == "{\(name)}" } }

  /// Whether a text has a placeholder.
  static func isWanted(in text: String) -> Bool { placeholders.contains { text.contains($0) } }

  func filled(url: String) -> String {
    values.reduce(url) { $0.replacing($1.placeholder, with: URLText.encoded($1.value)) }
  }

  func filled(header: String) -> String {
    values.reduce(header) { $0.replacing($1.placeholder, with: $1.value) }
  }

  /// A text of a service with the placeholders again.
  func removed(from text: String) -> String {
    values.reduce(text) { text, secret in
      secret.value.isEmpty ? text : text.replacing(URLText.encoded(secret.value), with: secret.placeholder)
    }
  }
}
