import FinstageCore

/// The text of an alert, with `{field}` for values of the record and `{rule}`, `{severity}`, `{ts}` of the alert.
package struct MessageTemplate: Sendable, Equatable {
  package enum Part: Sendable, Equatable {
    case text(String)
    case field(String)
  }

  package let text: String
  package let parts: [Part]

  /// `{{` and `}}` stand for braces.
  package init(_ text: String) {
    self.text = text
    var parts: [Part] = []
    var plain = ""
    var rest = text[...]
    while let character = rest.first {
      rest = rest.dropFirst()
      if (character == "{" || character == "}") && rest.first == character {
        plain.append(character)
        rest = rest.dropFirst()
      } else if character == "{", let close = rest.firstIndex(of: "}") {
        if !plain.isEmpty { parts.append(.text(plain)) }
        plain = ""
        parts.append(.field(String(rest[..<close])))
        rest = rest[rest.index(after: close)...]
      } else {
        plain.append(character)
      }
    }
    if !plain.isEmpty { parts.append(.text(plain)) }
    self.parts = parts
  }

  /// The fields that it needs.
  package var fields: [String] { parts.compactMap { if case .field(let name) = $0 { name } else { nil } } }

  /// - Parameter value: what a field is; nil where there is no value.
  package func filled(_ value: (String) -> String?) -> String {
    parts.map { part in
      switch part {
      case .text(let text): text
      case .field(let name): value(name) ?? "-"
      }
    }.joined()
  }
}
