import ArgumentParser
import FinstageAlerts
import FinstageCommand
import FinstageCore
import FinstageSystem

/// `fs-alert doctor`: whether anybody would be told.
struct Doctor: Tool {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Say whether channels work and the outbox is empty; status 65 if not.")
  @OptionGroup var state: StateOptions

  mutating func execute() throws -> ExitStatus {
    let store = try state.existingStore()
    var isWell = true
    let now = Int64(SystemClock.wall * 1000)
    for channel in try store.channels() {
      let success = channel.lastSuccess.map { "last success \(PlainText.age(now - $0)) ago" } ?? "never succeeded"
      var faults: [String] = []
      if let off = channel.off { faults.append("off: \(off)") }
      if channel.waiting > 0, let oldest = channel.oldest {
        faults.append("\(channel.waiting) deliveries wait, the oldest for \(PlainText.age(now - oldest))")
      }
      if let error = channel.lastError, channel.waiting > 0 || channel.off != nil {
        faults.append("last error: \(error)")
      }
      if !faults.isEmpty { isWell = false }
      try write(["\(channel.name): \(([success] + faults).joined(separator: "; "))"])
    }
    let dead = try store.outbox().count { $0.status == 3 }
    if dead > 0 {
      isWell = false
      try write(["\(dead) deliveries were given up (fs-alert outbox, fs-alert resend --failed)"])
    }
    return isWell ? .done : .badData
  }
}
