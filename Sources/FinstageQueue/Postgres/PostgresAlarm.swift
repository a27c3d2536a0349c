import FinstagePostgres
import FinstageProcess
import FinstageSystem

/// Rings when a notice comes over a connection of its own. A thread keeps that connection, and makes another when it is lost; it rings then,
/// too, because what was said in between was not heard.
final class PostgresAlarm: Alarm {
  private let pipe = PipeAlarm()
  private let stop = PipeAlarm()
  private let address: PostgresAddress
  private let channel: String
  private var thread: WorkerThread?

  init(_ address: PostgresAddress, channel: String) {
    self.address = address
    self.channel = channel
    let (pipe, stop) = (SendableAlarm(pipe), SendableAlarm(stop))
    thread = WorkerThread { PostgresAlarm.listen(address, channel, pipe, stop) }
  }

  deinit {
    stop.ring()
    thread?.join()
  }

  var descriptor: Int32 { pipe.descriptor }

  /// The ends of a pipe are the same for all threads.
  private struct SendableAlarm: @unchecked Sendable {
    let alarm: PipeAlarm
    init(_ alarm: PipeAlarm) { self.alarm = alarm }
  }

  private static func listen(
    _ address: PostgresAddress, _ channel: String, _ pipe: SendableAlarm, _ stop: SendableAlarm
  ) {
    var pause = 0.1
    func isStopped(after seconds: Double) -> Bool {
      var ready = pollfd(fd: stop.alarm.descriptor, events: Int16(POLLIN), revents: 0)
      return poll(&ready, 1, Int32(seconds * 1000)) > 0
    }
    while !isStopped(after: 0) {
      do {
        let connection = try PostgresConnection(address)
        connection.stopsOnSignal = false
        try connection.run("LISTEN \(channel)")
        pipe.alarm.ring()
        pause = 0.1
        while !isStopped(after: 0) {
          if try connection.waitForNotice(seconds: 30, besides: stop.alarm.descriptor) { pipe.alarm.ring() }
        }
      } catch {
        if isStopped(after: pause * Double.random(in: 0.5...1)) { return }
        pause = min(2 * pause, 5)
      }
    }
  }
}
