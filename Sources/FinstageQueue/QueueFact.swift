/// Something about a queue and what it is kept in, for people: a line of `fs-queue doctor`.
package struct QueueFact: Sendable, Equatable {
  package let name: String
  package let text: String
  /// Whether somebody should do something about it.
  package let isTrouble: Bool

  package init(_ name: String, _ text: String, isTrouble: Bool = false) {
    self.name = name
    self.text = text
    self.isTrouble = isTrouble
  }
}
