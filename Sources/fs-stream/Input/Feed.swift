import ArgumentParser
import FinstageCore
import FinstageServe
import FinstageStream
import FinstageSystem

/// Lines of the input, as they come or in the rhythm of their times.
final class Feed {
  /// What to do with lines that come faster than they can be served.
  enum WhenFull: String, CaseIterable, ExpressibleByArgument { case block, dropOldest = "drop-oldest" }

  /// Why nothing is read at present.
  private struct Holds: OptionSet {
    let rawValue: Int
    /// The next line is not due yet.
    static let rhythm = Holds(rawValue: 1)
    /// Somebody has stopped the feed.
    static let stopped = Holds(rawValue: 2)
  }

  private let hub: Hub
  private let server: Server
  private var source: DescriptorSource?
  private let factor: Double?
  private let whenFull: WhenFull
  private let take: (ArraySlice<UInt8>, Int) -> Void

  private var holds: Holds = []
  private var isWatched = false
  private var converter: FormatConverter?
  private var hasBegun = false
  private var carry: [UInt8] = []
  private var number = 0
  private var isSkipping = false
  /// Lines that are not due yet, or for which there was no time.
  private var waiting: [ArraySlice<UInt8>] = []
  private var next = 0
  private var waitingBytes = 0
  private var origin: (time: Int64, clock: Double)?
  private var newest = Int64.min
  private var hasWarned = false
  private var hasEnded = false
  private(set) var hasFailed = false
  private(set) var dropped = 0
  private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 64)

  /// Called at the end, with what is to be said.
  var onEnd: (_ fault: String?, _ remark: String?) -> Void = { _, _ in }

  /// What columns of CSV are.
  var formatOptions = FormatOptions()

  /// The input is lines, whatever it looks like.
  var hasPlainLines = false

  /// Called with the number of a line that is too long.
  var onLongLine: (Int) -> Void = { _ in }

  private static let largestLine = 1 << 20
  /// How much may wait to be served, with `dropOldest`.
  private static let mostWaiting = 16 << 20
  /// Seconds that the clients are left alone at most while lines are served.
  private static let turn = 0.005

  init(
    _ hub: Hub, factor: Double?, whenFull: WhenFull, _ take: @escaping (ArraySlice<UInt8>, Int) -> Void
  ) {
    self.hub = hub
    server = hub.server
    self.factor = factor
    self.whenFull = whenFull
    self.take = take
  }

  deinit { buffer.deallocate() }

  /// Reads from a source, from now on.
  func read(_ source: DescriptorSource) {
    unwatch()
    self.source = source
    hasBegun = false
    hasEnded = false
    carry = []
    watch()
  }

  var isStopped: Bool { holds.contains(.stopped) }

  func stop() {
    holds.insert(.stopped)
    watch()
  }

  func goOn() {
    holds.remove(.stopped)
    watch()
  }

  /// Watches the source, or does not, as it should be.
  private func watch() {
    guard holds.isEmpty, !hasEnded, let source else { return unwatch() }
    if isWatched { return }
    isWatched = true
    server.watch(source.descriptorNumber) { [unowned self] in readSome() }
  }

  private func unwatch() {
    guard isWatched, let source else { return }
    isWatched = false
    server.unwatch(source.descriptorNumber)
  }

  private func readSome() {
    guard let source, !hasEnded else { return }
    repeat {
      do throws(InputError) {
        let count = try source.read(into: buffer)
        if count == 0 { return end(nil) }
        carry.append(contentsOf: buffer[..<count])
      } catch {
        hasFailed = true
        return end(error.sentence)
      }
      if !hasBegun, !begin(source) { return }
      takeLines()
    } while whenFull == .dropOldest && waitingBytes < Feed.mostWaiting && source.isReadable && !hasEnded
    if whenFull == .dropOldest { serveWaiting() } else { release(now: server.now) }
  }

  /// Looks at the first bytes: what is not lines becomes lines on the way. Returns false in that case.
  private func begin(_ source: DescriptorSource) -> Bool {
    hasBegun = true
    if hasPlainLines || RecordInput.areLines(carry, source.name) { return true }
    unwatch()
    do {
      let made = try FormatConverter(source, after: carry, formatOptions)
      converter = made
      self.source = made.lines
      carry = []
      watch()
    } catch {
      hasFailed = true
      end("\(error)")
    }
    return false
  }

  private func takeLines() {
    var start = 0
    while let newline = carry[start...].firstIndex(of: 0x0A) {
      line(carry[start..<newline])
      start = newline + 1
    }
    carry = Array(carry[start...])
    if carry.count > Feed.largestLine {
      // Counted once, as the line it would have been.
      if !isSkipping { onLongLine(number + 1) }
      isSkipping = true
      carry.removeAll()
    }
  }

  private func end(_ fault: String?) {
    if !carry.isEmpty { line(carry[...]) }
    carry = []
    unwatch()
    hasEnded = true
    self.fault = fault
    if let outcome = converter?.outcome {
      if let text = outcome.fault {
        hasFailed = true
        self.fault = text
      }
      if outcome.bad > 0 { remark = "\(outcome.bad) bad records were left out" }
    }
    if next == waiting.count {
      finish()
    } else if whenFull == .dropOldest {
      serveWaiting()
    }
  }
  private var fault: String?
  private var remark: String?

  private func finish() {
    waiting = []
    next = 0
    onEnd(fault, remark)
  }

  private func line(_ line: ArraySlice<UInt8>) {
    number += 1
    if isSkipping {
      isSkipping = false
      return
    }
    if line.allSatisfy({ $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }) { return }
    if factor == nil, whenFull == .block { return take(line, number) }
    waiting.append(line)
    waitingBytes += line.count
  }

  // MARK: - Lines that wait

  private func takeNext() {
    let line = waiting[next]
    next += 1
    waitingBytes -= line.count
    take(line, number - (waiting.count - next))
  }

  private func forgetTaken() {
    guard next == waiting.count || next > 4096 else { return }
    waiting.removeFirst(next)
    next = 0
  }

  /// Serves what waits, for a while; what is too much for the room there is goes, the oldest first.
  private func serveWaiting() {
    while waitingBytes > Feed.mostWaiting, next < waiting.count {
      waitingBytes -= waiting[next].count
      next += 1
      dropped += 1
    }
    let until = SystemClock.monotonic + Feed.turn
    while next < waiting.count, SystemClock.monotonic < until { takeNext() }
    forgetTaken()
    server.hasWork = next < waiting.count
    server.onTurn = { [unowned self] in serveWaiting() }
    if hasEnded, next == waiting.count { finish() }
  }

  /// Hands on what is due.
  func release(now: Double) {
    guard let factor, next < waiting.count else { return }
    while next < waiting.count {
      if let record = try? JSONMembers(waiting[next]), let value = record["ts"] ?? record["timestamp"],
        let time = StreamTime.nanoseconds(value)
      {
        if time < newest, !hasWarned {
          hasWarned = true
          hub.warn(
            "the input is not sorted by time, which breaks its rhythm (fs-frame sort ts first); seen before line \(number - (waiting.count - next) + 1)"
          )
        }
        newest = max(newest, time)
        if origin == nil { origin = (time, now) }
        let due = origin!.clock + Double(time &- origin!.time) / 1e9 / factor
        if due > now {
          hub.needsFineTicks = true
          holds.insert(.rhythm)
          return watch()
        }
      }
      takeNext()
    }
    forgetTaken()
    if hasEnded {
      hub.needsFineTicks = false
      return finish()
    }
    holds.remove(.rhythm)
    watch()
  }
}
