/// What a command does with the frames that pass through it.
package protocol FrameStage: AnyObject {
  /// Takes a frame; `emit` passes frames on.
  func take(_ frame: Frame, _ emit: (Frame) throws -> Void) throws
  /// Called once, after all frames have been taken.
  func finish(_ emit: (Frame) throws -> Void) throws
  /// Called instead of `finish` after a fault of the input: passes on what has been held back.
  func passOn(_ emit: (Frame) throws -> Void) throws
  /// Whether further frames would change nothing.
  var isDone: Bool { get }
}

extension FrameStage {
  package func finish(_ emit: (Frame) throws -> Void) throws {}
  package func passOn(_ emit: (Frame) throws -> Void) throws {}
  package var isDone: Bool { false }
}

/// A stage that changes each frame by itself.
package final class EachFrame: FrameStage {
  private let change: (Frame) throws -> Frame

  package init(_ change: @escaping (Frame) throws -> Frame) { self.change = change }

  package func take(_ frame: Frame, _ emit: (Frame) throws -> Void) throws { try emit(change(frame)) }
}
