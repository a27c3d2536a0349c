/// Something about what a tool works with, for people: a line of a doctor.
package struct Fact: Sendable, Equatable {
  package let name: String
  package let text: String
  /// Whether somebody should do something about it.
  package let isTrouble: Bool

  package init(_ name: String, _ text: String, isTrouble: Bool = false) {
    self.name = name
    self.text = text
    self.isTrouble = isTrouble
  }

  /// The line.
  package var line: String { name + String(repeating: " ", count: max(1, 11 - name.count)) + text }
}
