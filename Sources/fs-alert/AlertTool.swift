import ArgumentParser
import FinstageAlerts
import FinstageCommand
import FinstageCore
import FinstageExpressions
import FinstageSystem

@main
struct AlertTool: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fs-alert",
    abstract:
      "Watch a stream of bars, quotes or metrics, and alert once, promptly and durably when a condition becomes true.",
    discussion: """
      Records come in (NDJSON, CSV, Arrow or Parquet), alerts go out: as NDJSON or any other format, among the records with --pass, or to \
      channels with --to. A condition is an expression over the fields of a record; each symbol has a memory of its own.

      A level, such as change_percent >= 3, lasts: it fires when it is true (for as long as --for says) and resolves when it is false \
      (and --reset is true). A crossing, a new high, a rise or a fall is there for a moment: it fires and does not resolve, unless \
      --until says when. Null, silence and the end of the input resolve nothing. With --cooldown, nothing of the same rule and symbol \
      fires again so soon; what is still true when the cooldown is over fires then. The id of an alert is made of its rule, its \
      symbol and the time at which its condition came true: in a replay, or in another process, it is the same. Records without a time \
      count as of now.

      It fires when a condition becomes true, not with each record for which it is: of several new highs in a row the first. With --state, \
      what rules remember goes on in the next run, and records that the last run has had are passed over. With --to, standard \
      output has alerts only if it is named.

      \(ExpressionManual.text)

      RULES
      A file of rules has a line "rule NAME" and, below it, lines with a key and its value:

        rule golden_cross
          when      sma_50 crosses above sma_200
          severity  warning
          message   {symbol}: the 50-day average is above the 200-day one
          to        hook

      Keys: when (a condition, or "missing for 5m": no record of the symbol, by the time of the newest record of any); until, reset \
      (conditions); for, cooldown ("15m", or "15m growth 2"), repeat, group (spans); once, momentary (it has no end, as a crossing has none), enabled; severity (info, \
      warning, critical); message, with {field}, {rule}, {severity}, {ts}; to (channels); inhibits (rules whose alerts of the same symbol \
      are not told while this one fires); between ("09:30 and 16:00 America/New_York", or "session": nothing fires outside of it); on (which records of a bar that a live feed sends again and again count: "every record", "close": the last one, once a later bar of the symbol has come, or "once per bar": each, but a bar fires at most once); \
      category. "default KEY VALUE" holds for the rules below it, "include FILE" reads another \
      file, "channel NAME ADDRESS" names a channel, "heartbeat URL 5m" (or @FILE) calls an address every five minutes while records flow, # begins a comment line. After SIGHUP the rules are read again: a rule that has changed begins anew, the others go on, and files that are wrong change nothing. With group 5m, the first alert of a rule is told at once, and what \
      follows within five minutes as one message; critical ones are not held back.

      The fields previous_close, previous_high, previous_low, all_time_high and all_time_low of quotes come from the snapshots and all-time \
      highs before them in the stream (fs-fetch --snapshot, --ath), or from the store of --baselines. Records of metrics are a series for \
      each metric and symbol.

      CHANNELS
        stdout
      \(AlertChannels.all.map { "  \($0.usage)" + String(repeating: " ", count: max(2, 30 - $0.usage.count)) + $0.summary }.joined(separator: "\n      "))

      A file of a channel (@FILE) must be readable by its owner only. It has the address alone, or lines such as url = ..., secret = \
      whsec_..., token = ..., chat = ..., key = ... . A command of exec has 30 seconds, and is ended with the run. What is to be delivered is in the state file, on disk, before it is sent; after a \
      failure it is sent again (after 5 s, 30 s, 2 m, 10 m, 30 m, then each hour, for a day), in this run or a later one. A message may \
      come twice, and has the same id then (webhook-id, Message-ID, dedup_key).

      EXAMPLES:
        fs-fetch --quote AAPL MSFT | fs-alert --when 'change_percent >= 3' --cooldown 15m
        fs-indicators --sma 50,200 < bars.ndjson | fs-alert --when 'sma_50 crosses above sma_200' --pass
        fs-alert --rules rules.conf --state alerts.db --to webhook:@hook.conf --to exec:./notify.sh < feed
        fs-alert test --rules rules.conf --summary < history.ndjson
        fs-alert rules --lint rules.conf
        fs-alert rules --print prices > prices.conf
        fs-alert active
        fs-alert history --last 24h
        fs-alert silence AAPL --for 2h
        fs-alert ack 3f2a
        fs-alert outbox
        fs-alert check-channel webhook:@hook.conf
        fs-alert doctor

      EXIT STATUS:
      0 success; with --exit-code, 1 if nothing fired. 64 wrong usage, or an invalid condition; 65 a bad record with --on-error stop, or a rules file that is \
      wrong; 66 no such file; 69 a channel does not work (check-channel); 74 reading or writing failed; 75 the state is busy; 78 a file of secrets that others may read, or rules with exec: that others may write.

      ENVIRONMENT:
      The state is $XDG_STATE_HOME/finstage/alerts.db or, with FINSTAGE_HOME, state/alerts.db in it, unless --state names another file. It is \
      kept if --to or --state is given.
      """,
    version: finstageVersion,
    subcommands: [
      Watch.self, TestRules.self, Rules.self, Active.self, History.self, AlertStats.self, Acknowledge.self,
      Silence.self,
      Unsilence.self, Outbox.self, Resend.self, CheckChannel.self, Doctor.self,
    ], defaultSubcommand: Watch.self)

  static func main() { startCommands() }
}
