import FinstageCommand
import FinstageCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Frames in a file that nobody else sees, gone with the process.
final class TemporaryFrames {
  private let path: String

  init() throws(ToolFailure) {
    var template = Array(((Environment["TMPDIR"] ?? "/tmp") + "/fs-frame.XXXXXX").utf8CString)
    let descriptor = mkstemp(&template)
    path = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
    guard descriptor >= 0 else {
      throw ToolFailure(
        .cannotCreate, "\(path): cannot be made: \(String(cString: strerror(errno))) (TMPDIR names another folder)")
    }
    close(descriptor)
  }

  deinit { unlink(path) }

  func write(_ frame: Frame) throws(ToolFailure) {
    let sink: ByteSink
    do throws(OutputError) { sink = try ByteSink(path: path) } catch { throw ToolFailure(error) }
    do throws(FrameError) {
      let writer = try FrameFormat.named("arrow")!.makeWriter(sink, FormatOptions())
      for start in stride(from: 0, to: frame.rows, by: 16_384) {
        try writer.write(frame.slice(start..<min(start + 16_384, frame.rows)))
      }
      try writer.finish()
    } catch {
      throw ToolFailure(error)
    }
    do throws(OutputError) { try sink.finish() } catch { throw ToolFailure(error) }
  }

  func reader() throws(ToolFailure) -> any FrameReader {
    do throws(InputError) { return try FrameFormat.open(path, FormatOptions()) } catch { throw ToolFailure(error) }
  }
}
