/// What a tool wants from each record: a field by name, the type to read it as, and what to do when it is missing.
package struct Field: Sendable, Equatable {
  /// The type of a column.
  package enum Kind: Sendable, Equatable {
    /// Any JSON number, as the nearest double.
    case float64
    /// A JSON number without a decimal point or exponent, kept exactly.
    case int64
    /// ISO 8601 text, or an integer of s, ms, us or ns since 1970; held as nanoseconds UTC.
    case timestamp
    /// Text with few distinct values, held as an index into the reader's `SymbolTable`.
    case symbol
    /// An ISO 8601 date without a time of day; held as days since 1970.
    case date
    /// true or false; held as 1 or 0.
    case bool
    /// Any text, held like a symbol. Null is allowed, a number is not.
    case text
    /// Any value at all, held as its JSON text.
    case json
    /// Null in all records so far.
    case null
    /// A name that the record must not have, because the tool is about to add it.
    case reserved
  }

  package enum Presence: Sendable, Equatable {
    /// A bar without it is a bad record. `null` is allowed and means "no value".
    case required
    /// A bar without it has no value there.
    case optional
  }

  package let name: String
  package let kind: Kind
  package let presence: Presence
  /// What the user can do if a record does not fit; shown in parentheses after the message.
  package let hint: String?

  package init(_ name: String, _ kind: Kind, _ presence: Presence = .required, hint: String? = nil) {
    self.name = name
    self.kind = kind
    self.presence = presence
    self.hint = hint
  }

  /// Whether columns of this name have symbols: always texts, whatever they look like (TRUE, 1E5, 600519).
  package static func namesSymbol(_ name: String) -> Bool {
    let lower = name.lowercased()
    return lower == "symbol" || lower == "ticker"
  }

  /// A message with the hint, if there is one.
  package func message(_ text: String) -> String { hint.map { "\(text) (\($0))" } ?? text }
}
