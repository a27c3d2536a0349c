import FinstageCore
import FinstageSystem
import Synchronization

/// Makes lines of JSON out of an input of another format (CSV, Arrow, Parquet, gzip), on a thread of its own. Its pipe bounds what is in memory.
final class FormatConverter {
  struct Outcome: Sendable {
    var fault: String?
    var bad = 0
  }

  /// Where the lines come out.
  let lines: DescriptorSource
  private let readEnd: Int32
  private final class Shared: Sendable { let outcome = Mutex(Outcome()) }
  private let shared = Shared()

  /// - Parameters:
  ///   - start: what has been read of the source.
  ///   - options: what columns of CSV are.
  init(_ source: DescriptorSource, after start: [UInt8], _ options: FormatOptions) throws {
    guard let ends = systemPipe() else { throw ToolFailure(.io, "no pipe: \(systemErrorText(errno))") }
    readEnd = ends.read
    lines = DescriptorSource(descriptor: ends.read, name: source.name)
    // A file can be read from its beginning again, in any order.
    let isFile = source.size != nil && source.skip(to: 0)
    // Nobody else reads the source from now on.
    nonisolated(unsafe) let source = source
    let shared = self.shared
    let thread = WorkerThread {
      defer { systemClose(ends.write) }
      do {
        let bad = try RecordInput.open(source, after: isFile ? [] : start).copyLines(to: ends.write, options)
        shared.outcome.withLock { $0.bad = bad }
      } catch OutputError.closed {
        // Nobody wants the rest.
      } catch {
        let sentence = (error as? any ExitError)?.sentence ?? "\(error)"
        shared.outcome.withLock { $0.fault = sentence }
      }
    }
    guard let thread else { throw ToolFailure(.io, "no thread: \(systemErrorText(errno))") }
    thread.detach()
  }

  deinit { systemClose(readEnd) }

  /// What there is to say at the end.
  var outcome: Outcome { shared.outcome.withLock { $0 } }
}
