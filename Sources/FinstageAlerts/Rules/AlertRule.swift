import FinstageCore
import FinstageExpressions
import FinstageSystem

/// What is watched for, and what becomes of it. Spans are nanoseconds.
package struct AlertRule: Sendable {
  package var name: String
  /// True while there is something to tell.
  package var when: Expression
  /// It fires when a series has had no record for longer than this, by the time of the newest record of any; `when` is never true then.
  package var silence: Int64?
  /// Ends it; nil for the end of `when`, or for no end at all if `when` is momentary.
  package var until: Expression?
  /// Must be true as well before it ends: hysteresis.
  package var reset: Expression?
  /// Outside of it nothing fires, and nothing ends because `when` is false.
  package var between: Expression?
  /// Which of the records of a bar that comes several times count.
  package var timing = Timing.everyRecord
  /// How long `when` must have been true; at least.
  package var hold: Int64 = 0
  /// No other firing of the same series for so long; at least.
  package var cooldown: Int64 = 0
  /// What the cooldown is multiplied by with each firing that comes within two cooldowns of the one before.
  package var growth = 1.0
  /// Fires once for each series, and never again.
  package var isOnce = false
  /// It is told when it becomes true, and has no end to tell of.
  package var hasNoEnd = false
  /// Tells again after so long while it lasts; nil for once.
  package var repetition: Int64?
  package var severity = AlertSeverity.warning
  package var message: MessageTemplate?
  /// The names of the channels; empty for all of `--to`.
  package var channels: [String] = []
  /// Firings within so long of the first are told as one summary; 0 for each by itself.
  package var groupWindow: Int64 = 0
  /// The rules whose alerts of the same series are not told while this one lasts.
  package var inhibits: [String] = []
  package var category: String?
  package var isEnabled = true
  /// Where it is written, for messages.
  package var place = ""

  /// A feed sends a bar again and again while it grows.
  package enum Timing: String, Sendable, CaseIterable {
    /// Each of them is a record of its own.
    case everyRecord = "every record"
    /// The last one, once a later bar of the series has come.
    case close
    /// Each of them, but a bar fires at most once.
    case oncePerBar = "once per bar"
  }

  package init(name: String, when: Expression) {
    self.name = name
    self.when = when
  }

  /// When it fires, as it is written.
  package var condition: String {
    silence.map { "missing for \(TimeSpan(nanoseconds: $0).text)" } ?? when.text
  }

  /// Whether it has no end: a crossing, a new high, a rise.
  package var isMomentary: Bool {
    until == nil && reset == nil && silence == nil && (hasNoEnd || when.isMomentary)
  }

  /// Changes with whatever decides when it fires, so that a changed rule does not go on with the memory of the old one.
  package var key: String {
    let parts =
      [
        name, when.text, until?.text ?? "", reset?.text ?? "", String(hold), String(cooldown), String(growth),
        "\(isOnce)", String(silence ?? 0),
        between?.text ?? "",
      ]
      + (timing == .everyRecord ? [] : [timing.rawValue]) + (hasNoEnd ? ["momentary"] : [])
    return StableHash(parts.joined(separator: "\u{0}")).text
  }

  /// The texts of its conditions, with the names of their keys.
  package var conditions: [(key: String, expression: Expression)] {
    [("when", when)]
      + [("until", until), ("reset", reset), ("between", between)].compactMap { key, expression in
        expression.map { (key, $0) }
      }
  }
}
