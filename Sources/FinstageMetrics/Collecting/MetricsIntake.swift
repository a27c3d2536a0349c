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

  /// Readings that are written together.
  private static let batch = 200_000
  private static let longestLine = 1 << 20

  package init(_ store: MetricsStore) { self.store = store }

  /// Reads a source to its end. What has come is in the store whenever the source has nothing more at present.
  package func read(_ source: any ByteSource, isReadable: () -> Bool) throws {
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
        if end > 0 { line(UnsafePointer(buffer.baseAddress!), end, source.name, buffer) }
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
    try store.add(all)
    waiting = []
    waitingCount = 0
  }
}
