#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Lets a tool that writes NDJSON write another format: what it writes goes through a pipe to a thread, which makes frames of it.
public final class Transcoder: @unchecked Sendable {
  private let target: ByteSink
  private let writer: any FrameWriter
  private let options: FormatOptions
  private var failure: FrameError?
  private var thread: WorkerThread?

  private init(_ target: ByteSink, _ writer: any FrameWriter, _ options: FormatOptions) {
    self.target = target
    self.writer = writer
    self.options = options
  }

  /// Fields that some bars have and others do not.
  private static let fieldsOfBars = [
    Field("adj_close", .float64, .optional), Field("dividend", .float64, .optional),
    Field("split", .float64, .optional),
    Field("capital_gain", .float64, .optional), Field("interval", .text, .optional),
    Field("currency", .text, .optional),
    Field("suspect", .text, .optional), Field("repaired", .text, .optional),
  ]

  /// A sink for NDJSON whose content reaches `target` in another format. Finishing it finishes the target.
  public static func sink(to target: ByteSink, as format: FrameFormat) throws(FrameError) -> ByteSink {
    var options = FormatOptions()
    options.isLive = target.isLive
    options.expected = fieldsOfBars
    let transcoder = Transcoder(target, try format.makeWriter(target, options), options)
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw .output(.io(path: target.name, message: systemErrorText(errno))) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    let readEnd = ends[0]
    transcoder.thread = WorkerThread { transcoder.run(readEnd) }
    guard transcoder.thread != nil else {
      throw .output(.io(path: target.name, message: "there is no thread to be had"))
    }
    return ByteSink(descriptor: ends[1], name: target.name, isLive: target.isLive) { () throws(OutputError) in
      try transcoder.finish()
    }
  }

  private func run(_ descriptor: Int32) {
    defer { close(descriptor) }
    let source = DescriptorSource(descriptor: descriptor, name: target.name, ignoresInterruption: true)
    do throws(FrameError) {
      let reader: any FrameReader
      do throws(InputError) {
        reader = try FrameFormat.named("ndjson")!.makeReader(source, options)
      } catch {
        throw .input(error)
      }
      while true {
        let frame: Frame?
        do throws(InputError) { frame = try reader.next() } catch { throw .input(error) }
        guard let frame else { break }
        try writer.write(frame)
      }
      try writer.finish()
    } catch {
      failure = error
      if case .output(.closed) = error { return }
      // The writer must not be stopped by a pipe that nobody reads: it hears of the failure at its end.
      var scratch = [UInt8](repeating: 0, count: 65_536)
      while systemRead(descriptor, &scratch, scratch.count) > 0 {}
    }
  }

  private func finish() throws(OutputError) {
    thread?.join()
    switch failure {
    case nil: try target.finish()
    case .output(let error): throw error
    case .input(let error): throw .io(path: target.name, message: error.message)
    case .data(let message): throw .io(path: target.name, message: message)
    }
  }
}
