import CPlatform
import FinstageProcess
import FinstageSystem

/// A command whose memory is looked at while it runs, with that of all that it starts.
package enum WatchedCommand {
  private static let mostProcesses = 1000

  /// Runs a command with the descriptors of this process. Returns its status as the shell tells it.
  /// - Parameter look: is told the bytes that the processes have in memory together.
  package static func run(_ command: [String], every seconds: Double, _ look: (Int) -> Void) throws -> Int32 {
    let process = try ForegroundProgram.start(command)
    var end = pollfd(fd: fs_process_descriptor(process), events: Int16(POLLIN), revents: 0)
    defer { if end.fd >= 0 { systemClose(end.fd) } }
    var forwarded: Int32 = 0
    // The first look comes early, for commands that are short.
    var wait = min(seconds, 0.02)
    while true {
      if Interruption.signal != forwarded {
        forwarded = Interruption.signal
        systemKill(process, forwarded)
      }
      _ = poll(&end, 1, Int32((end.fd >= 0 ? wait : min(wait, 0.05)) * 1000))
      wait = seconds
      var status: Int32 = 0
      if waitpid(process, &status, WNOHANG) == process { return ForegroundProgram.exitStatus(status) }
      if let bytes = bytes(process) { look(bytes) }
    }
  }

  private static func bytes(_ process: pid_t) -> Int? {
    var processes = [process]
    var total = 0
    var place = 0
    while place < processes.count {
      let folder = "/proc/\(processes[place])"
      let words = FileContent.text("\(folder)/statm", limit: 256)?.split(separator: " ")
      // What is shared with other programs is not counted twice.
      if let words, words.count > 2, let resident = Int(words[1]), let shared = Int(words[2]) {
        total += max(0, resident - (place == 0 ? 0 : shared)) * Int(sysconf(Int32(_SC_PAGESIZE)))
      } else if place == 0 {
        return nil
      }
      if processes.count < mostProcesses,
        let children = FileContent.text("\(folder)/task/\(processes[place])/children", limit: 65_536)
      {
        processes += children.split(separator: " ").compactMap { pid_t($0) }
      }
      place += 1
    }
    return total
  }
}
