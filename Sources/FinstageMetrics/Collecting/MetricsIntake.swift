import FinstageCore
import FinstageSystem

/// Metric records from a stream into a store.
package final class MetricsIntake {
  private let store: MetricsStore
  private var parser = MetricParser()
  private var waiting: [MetricsStore.Readings] = []
  private var waitingCount = 0
  package private(set) var taken = 0
  package private(set) var others = 0
  package private(set) var bad = 0
  package private(set) var firstBad: InputError?
  private var number = 0
  /// The file that is read, from which it can be read on later.
  private var file: DescriptorSource?
  private var identity: (device: Int64, inode: Int64) = (0, 0)
  /// Its bytes that are in whole lines which have been read.
  private var consumed: Int64 = 0

  /// Readings that are written together.
  private static let batch = 200_000
  private static let longestLine = 1 << 20

  package init(_ store: MetricsStore) { self.store = store }

  /// Goes on where a file has been taken in before, if it is the same still.
  /// - Returns: how many bytes are passed over.
  package func goOn(in file: DescriptorSource) throws -> Int64 {
    // A place in a packed file is none in what is packed.
    guard let known = file.unreadFile(), !file.bytes(at: 0, 2).starts(with: [0x1F, 0x8B]) else { return 0 }
    self.file = file
    identity = (Int64(bitPattern: known.device), Int64(bitPattern: known.inode))
    consumed = 0
    guard let place = try store.place(device: identity.device, inode: identity.inode), place.bytes <= file.size ?? 0,
      mark(file, place.bytes) == place.mark, file.skip(to: place.bytes)
    else { return 0 }
    consumed = place.bytes
    return place.bytes
  }

  private func mark(_ file: DescriptorSource, _ end: Int64) -> [UInt8] {
    let count = min(end, 4096)
    return SHA256.digest(file.bytes(at: end - count, Int(count)))
  }

  /// Reads a source to its end. What has come is in the store whenever the source has nothing more at present.
  package func read(_ source: any ByteSource, isReadable: () -> Bool) throws {
    defer { file = nil }
    do { try readLines(source, isReadable) } catch {
      // What came before is good.
      try flush()
      throw error
    }
  }

  private func readLines(_ source: any ByteSource, _ isReadable: () -> Bool) throws {
    var buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 1 << 20)
    defer { buffer.deallocate() }
    var end = 0
    number = 0
    while true {
      if buffer.count - end < 4096 {
        guard buffer.count <= MetricsIntake.longestLine else {
          throw InputError(source: source.name, line: number + 1, message: "a line of more than 1 MiB")
        }
        let larger = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: buffer.count * 2)
        _ = larger.moveInitialize(fromContentsOf: buffer[..<end])
        buffer.deallocate()
        buffer = larger
      }
      let room = UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: buffer[end..<buffer.count - 1]))
      let count = try source.read(into: room)
      if count == 0 {
        if end > 0 {
          line(UnsafePointer(buffer.baseAddress!), end, source.name, buffer)
          consumed += Int64(end)
        }
        break
      }
      let start = UnsafePointer(buffer.baseAddress!)
      var begin = 0
      var place = end
      end += count
      while let newline = memchr(start + place, 0x0A, end - place) {
        let at = UnsafeRawPointer(newline) - UnsafeRawPointer(start)
        line(start + begin, at - begin, source.name, buffer)
        begin = at + 1
        place = begin
      }
      consumed += Int64(begin)
      if begin > 0 {
        memmove(buffer.baseAddress!, start + begin, end - begin)
        end -= begin
      }
      if waitingCount >= MetricsIntake.batch || waitingCount > 0 && !isReadable() { try flush() }
    }
    try flush()
  }

  private func line(
    _ start: UnsafePointer<UInt8>, _ count: Int, _ name: String, _ buffer: UnsafeMutableBufferPointer<UInt8>
  ) {
    number += 1
    // The byte after a line is a line feed, or the room that is kept free.
    UnsafeMutablePointer(mutating: start)[count] = 0x0A
    do throws(JSONValue.Failure) {
      guard let point = try parser.point(start, start + count) else {
        if count > 0 { others += 1 }
        return
      }
      if point.series >= waiting.count {
        waiting += [MetricsStore.Readings](repeating: MetricsStore.Readings(), count: point.series + 1 - waiting.count)
      }
      waiting[point.series].add(point.time, point.value)
      waitingCount += 1
      taken += 1
    } catch {
      bad += 1
      if firstBad == nil {
        firstBad = InputError(source: name, line: number, byte: error.byte, message: error.message)
      }
    }
  }

  private func flush() throws {
    guard waitingCount > 0 else { return }
    var all: [MetricSeries: MetricsStore.Readings] = [:]
    for (place, readings) in waiting.enumerated() where !readings.times.isEmpty { all[parser.series[place]] = readings }
    try store.add(
      all,
      upTo: file.map {
        .init(device: identity.device, inode: identity.inode, bytes: consumed, mark: mark($0, consumed))
      })
    waiting = []
    waitingCount = 0
  }
}
