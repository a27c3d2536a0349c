import FinstageCore
import FinstageProcess
import FinstageSystem

/// A command that gets the alert as JSON on its standard input. It has a session of its own and half a minute.
final class ExecChannel: AlertChannel {
  private let command: String
  private let launcher = ProcessLauncher()
  private static let timeout = 30.0

  init(_ command: String) throws { self.command = command }

  func send(_ message: ChannelMessage, isOver: () -> Bool) throws {
    let input = FileContent.nameless(in: FileContent.temporaryFolder)
    let null = systemOpen("/dev/null", O_RDWR | O_CLOEXEC)
    defer {
      if input >= 0 { close(input) }
      if null >= 0 { close(null) }
    }
    guard input >= 0, null >= 0, FileContent.write(Array((message.json.text + "\n").utf8), to: input) else {
      throw ChannelFailure(.again(nil), "cannot keep its input: \(systemErrorText(errno))")
    }
    lseek(input, 0, SEEK_SET)
    let program = Program(
      arguments: ["sh", "-c", command], folder: systemRealPath("."),
      environment: [
        "FS_ALERT_ID": message.alert, "FS_ALERT_RULE": message.rule, "FS_ALERT_SYMBOL": message.symbol,
        "FS_ALERT_SEVERITY": message.severity, "FS_ALERT_STATE": message.isResolved ? "resolved" : "firing",
      ])
    let process: pid_t
    do {
      process = try launcher.start(program, descriptors: [(input, 0), (null, 1), (2, 2)])
    } catch {
      throw ChannelFailure(.never, error.sentence)
    }
    let end = SystemClock.monotonic + ExecChannel.timeout
    var status: Int32 = 0
    var pause: useconds_t = 500
    while waitpid(process, &status, WNOHANG) == 0 {
      if isOver() {
        systemKill(-process, SIGKILL)
        waitpid(process, &status, 0)
        throw ChannelFailure(.again(nil), "the command had not ended when the run did")
      }
      if SystemClock.monotonic > end {
        systemKill(-process, SIGKILL)
        waitpid(process, &status, 0)
        throw ChannelFailure(.again(nil), "it took longer than \(Int(ExecChannel.timeout)) s")
      }
      usleep(pause)
      pause = min(pause * 2, 20_000)
    }
    // What it left running goes with it.
    systemKill(-process, SIGKILL)
    if status & 0x7F != 0 { throw ChannelFailure(.again(nil), "it was ended by signal \(status & 0x7F)") }
    switch status >> 8 & 0xFF {
    case 0: return
    case let code where [64, 65, 77, 78, 100, 126, 127].contains(code):
      throw ChannelFailure(.never, "it ended with status \(code)")
    case let code: throw ChannelFailure(.again(nil), "it ended with status \(code)")
    }
  }
}
