/// What is wrong with a queue.
package struct QueueHealth: Sendable {
  /// The file is damaged: nothing here repairs that.
  package var damages: [String] = []
  /// Counts and references that are not what they should be: `repair` makes them so.
  package var faults: [String] = []

  package init() {}
}
