/// A source that can be looked into: bytes that were peeked at are read again.
public final class PrefixedSource: ByteSource {
  public var name: String { source.name }
  public var bytesRead: Int { source.bytesRead }
  public var wasInterrupted: Bool { source.wasInterrupted }

  private let source: any ByteSource
  private var prefix: [UInt8] = []
  private var position = 0

  /// The file itself, if the bytes are those of a regular file as they are: it can be read in any order.
  let file: DescriptorSource?

  public init(_ source: any ByteSource, file: DescriptorSource? = nil) {
    self.source = source
    self.file = file
  }

  /// Up to so many of the next bytes; fewer only at the end.
  public func peek(_ count: Int) throws(InputError) -> [UInt8] { Array(try look(atLeast: count).prefix(count)) }

  /// The next bytes that are there, so many at least; fewer only at the end.
  func look(atLeast count: Int) throws(InputError) -> [UInt8] {
    if position > 0 {
      prefix.removeFirst(position)
      position = 0
    }
    while prefix.count < count {
      guard try more() else { break }
    }
    return prefix
  }

  /// Reads some more behind what has been peeked at; false at the end.
  private func more() throws(InputError) -> Bool {
    var block = [UInt8](repeating: 0, count: 256 << 10)
    var count = 0
    var fault: InputError?
    block.withUnsafeMutableBytes { buffer in
      do throws(InputError) { count = try source.read(into: buffer) } catch { fault = error }
    }
    if let fault { throw fault }
    prefix.append(contentsOf: block[..<count])
    return count > 0
  }

  public func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
    guard position < prefix.count else { return try source.read(into: buffer) }
    let count = min(buffer.count, prefix.count - position)
    prefix.withUnsafeBytes { bytes in
      buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[position..<position + count]))
    }
    position += count
    if position == prefix.count {
      prefix = []
      position = 0
    }
    return count
  }

  /// Everything that is left, in memory.
  func readAll(limit: Int = .max) throws(InputError) -> [UInt8] {
    while prefix.count - position <= limit, try more() {}
    defer {
      prefix = []
      position = 0
    }
    return position == 0 ? prefix : Array(prefix[position...])
  }

  /// Fills the buffer; fewer bytes come only at the end.
  func fill(_ buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
    var done = 0
    while done < buffer.count {
      let count = try read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[done...]))
      if count == 0 { break }
      done += count
    }
    return done
  }
}
