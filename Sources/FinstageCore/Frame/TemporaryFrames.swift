import FinstageSystem

/// Frames in a temporary file that is private to the user (0600) and is removed with this object.
package final class TemporaryFrames {
  private let path: String

  package init() throws {
    var template = Array((FileContent.temporaryFolder + "/fs-frame.XXXXXX").utf8CString)
    let descriptor = mkstemp(&template)
    path = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
    guard descriptor >= 0 else {
      throw ToolFailure(
        .cannotCreate, "\(path): cannot be made: \(systemErrorText(errno)) (TMPDIR names another folder)")
    }
    close(descriptor)
  }

  deinit { unlink(path) }

  package func write(_ frame: Frame) throws {
    let sink = try ByteSink(path: path)
    let writer = try FrameFormat.named("arrow")!.makeWriter(sink, FormatOptions())
    for start in stride(from: 0, to: frame.rows, by: 16_384) {
      try writer.write(frame.slice(start..<min(start + 16_384, frame.rows)))
    }
    try writer.finish()
    try sink.finish()
  }

  package func reader() throws -> any FrameReader {
    try RecordInput.open(path).frames(FormatOptions())
  }
}
