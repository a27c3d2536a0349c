/// A header field that a user wants to have sent: `Name: value`.
package struct HeaderField: Sendable, Equatable {
  package let name: String
  /// May have `{key}` and `{secret}`.
  package let value: String

  /// Nil if the text is not a header field, or one that the transfer itself decides.
  package init?(_ text: String) {
    guard let colon = text.firstIndex(of: ":") else { return nil }
    let name = text[..<colon]
    let value = text[text.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
    // RFC 9110, section 5.6.2.
    let isToken =
      !name.isEmpty
      && name.utf8.allSatisfy { byte in
        (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte &- UInt8(ascii: "0") < 10
          || "!#$%&'*+-.^_`|~".utf8.contains(byte)
      }
    guard isToken, !value.isEmpty, text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else { return nil }
    let ours = ["host", "content-length", "transfer-encoding", "connection", "accept-encoding"]
    guard !ours.contains(name.lowercased()) else { return nil }
    self.name = String(name)
    self.value = String(value)
  }
}
