import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageSystem

extension BarPeriod: ExpressibleByArgument {
  package init?(argument: String) { self.init(argument) }
}

extension SessionHours: ExpressibleByArgument {
  package init?(argument: String) { self.init(argument) }
}

/// `fs-frame resample`: bars of a longer period from shorter ones.
struct Resample: Tool {
  static let configuration = CommandConfiguration(
    commandName: "resample",
    abstract:
      "Combine bars into longer ones: the first open, highest high, lowest low and last close, and the total volume.",
    discussion: """
      Periods: 5m, 1h, 1d, 1wk (from Monday), 1mo, 3mo, 1y. Days begin and end at midnight in --zone. With --session, \
      bars outside the session are left out, and periods shorter than a day are counted from the beginning of the \
      session. Bars of a day or longer carry the date of the first day of their period, whether or not that day had a \
      session. Dividends, capital gains and trades are added up, splits are multiplied, and any other field keeps its \
      last value. "partial" is true on the last bar of a symbol if its period may not be over yet. Input must be in \
      order of time within a symbol.
      """)

  @Argument(help: ArgumentHelp("The length of the new bars.", valueName: "period")) var period: BarPeriod
  @Option(help: "The time zone of the exchange, by its name in the tz database.") var zone = "UTC"
  @Option(help: ArgumentHelp("The hours of the exchange, such as 09:30-16:00.", valueName: "hours")) var session:
    SessionHours?
  @OptionGroup(title: "Input") var input: FrameInputOptions
  @OptionGroup(title: "Output") var output: FrameOutputOptions
  @Argument(help: "Files to read; - is standard input, the default.", completion: .file()) var files: [String] = []

  /// How the values of a column are combined into one.
  private enum Rule { case first, highest, lowest, last, sum, product }

  private static func rule(_ name: String) -> Rule {
    switch name {
    case "open": .first
    case "high": .highest
    case "low": .lowest
    case "volume", "dividend", "capital_gain", "trades": .sum
    case "split": .product
    default: .last
    }
  }

  /// The difference of two times; it saturates instead of overflowing.
  private static func difference(_ a: Int64, _ b: Int64) -> Int64 {
    let (difference, overflow) = a.subtractingReportingOverflow(b)
    return overflow ? (a > b ? .max : .min) : difference
  }

  private static func nanoseconds(_ seconds: Int64) -> Int64 {
    let (product, overflow) = seconds.multipliedReportingOverflow(by: Timestamp.nanosecondsPerSecond)
    return overflow ? (seconds > 0 ? .max : .min) : product
  }

  private final class Stage: FrameStage {
    private let period: BarPeriod
    private let zone: TimeZone
    private let session: SessionHours?
    private var keys = GroupKeys(["symbol"])
    private var states: [Int: State] = [:]
    private(set) var outOfOrder = 0

    /// The unfinished bar of a symbol.
    private struct State {
      /// The instant or day at which the bar begins, and the first one after its end.
      var start: Int64
      var end: Int64
      var first: Frame
      /// The combined numbers so far; nil for columns that keep their last value.
      var values: [Double?]
      var last: Frame
      var lastTime: Int64
      /// The smallest step between bars of the symbol, and the farthest that a full bar reached into its period.
      var step: Int64
      var reach: Int64
    }

    init(_ period: BarPeriod, _ zone: TimeZone, _ session: SessionHours?) {
      self.period = period
      self.zone = zone
      self.session = session
    }

    /// The beginning and the end of the period that an instant is in; nil outside the session.
    private func span(_ nanoseconds: Int64, isDate: Bool) -> (start: Int64, end: Int64)? {
      let (quotient, remainder) = nanoseconds.quotientAndRemainder(dividingBy: Timestamp.nanosecondsPerSecond)
      let instant = remainder < 0 ? quotient - 1 : quotient
      let day = isDate ? instant / 86_400 : zone.day(ofSecond: instant)
      if !isDate, let session {
        let time = instant + zone.offset(at: instant) - day * 86_400
        if time < session.open || time >= session.close { return nil }
      }
      guard case .seconds(let length) = period.unit else {
        let days = period.days(around: day)
        return (days.lowerBound, days.upperBound)
      }
      let open = session?.open ?? 0
      let time = instant + zone.offset(at: instant) - day * 86_400 - open
      let index = time >= 0 ? time / length : -((-time + length - 1) / length)
      let start = day * 86_400 + open + index * length
      let limit = day * 86_400 + (session?.close ?? 86_400)
      // The default zone is UTC, which needs no lookup.
      return (zone.second(ofLocal: start), zone.second(ofLocal: min(start + length, limit)))
    }

    func take(_ frame: Frame, _ emit: (Frame) throws -> Void) throws {
      if frame.rows == 0 { return }
      let place = try FrameRun.place("ts", in: frame)
      let vector = frame.columns[place].vector
      guard let times = vector.nanoseconds() else {
        throw ToolFailure(.badData, "column \"ts\" holds \(vector.type.name), not a time")
      }
      let isDate = vector.type == .date
      if isDate && !period.isDated { throw ToolFailure(.badData, "daily bars cannot be made into shorter bars") }
      let rules = frame.columns.map { $0.vector.type.isNumber ? Resample.rule($0.name) : .last }
      let numbers = zip(frame.columns, rules).map { column, rule in rule == .last ? nil : column.vector.doubles() }
      var done: [Frame] = []
      // The last row of each bar in this frame, until the bar is done or the frame ends.
      var touched: [Int: Int] = [:]
      for (row, group) in keys.numbers(frame).enumerated() {
        if vector.isNull(row) { continue }
        guard let (start, end) = span(times[row], isDate: isDate) else { continue }
        if var state = states[group] {
          if times[row] < state.lastTime {
            outOfOrder += 1
            continue
          }
          let step = Resample.difference(times[row], state.lastTime)
          if step > 0 { state.step = min(state.step, step) }
          if start == state.start {
            update(&state, rules, numbers, row)
            touched[group] = row
            state.lastTime = times[row]
            states[group] = state
            continue
          }
          if let last = touched.removeValue(forKey: group) { state.last = frame.slice(last..<last + 1) }
          done.append(bar(state, isPartial: false))
          state.reach = max(state.reach, Resample.difference(state.lastTime, origin(state.start)))
          states[group] = begin(frame, row, times[row], start, end, rules, numbers, state.step, state.reach)
        } else {
          states[group] = begin(frame, row, times[row], start, end, rules, numbers, .max, 0)
        }
      }
      for (group, row) in touched { states[group]!.last = frame.slice(row..<row + 1) }
      if !done.isEmpty { try emit(Frame.joined(done)) }
    }

    private func begin(
      _ frame: Frame, _ row: Int, _ time: Int64, _ start: Int64, _ end: Int64, _ rules: [Rule], _ numbers: [[Double]?],
      _ step: Int64, _ reach: Int64
    ) -> State {
      let one = frame.slice(row..<row + 1)
      return State(
        start: start, end: end, first: one, values: numbers.map { $0?[row] }, last: one, lastTime: time, step: step,
        reach: reach)
    }

    private func update(_ state: inout State, _ rules: [Rule], _ numbers: [[Double]?], _ row: Int) {
      for (i, rule) in rules.enumerated() {
        guard let value = numbers[i]?[row], !value.isNaN else { continue }
        let known = state.values[i] ?? .nan
        if known.isNaN {
          state.values[i] = value
          continue
        }
        switch rule {
        case .first, .last: break
        case .highest: state.values[i] = max(known, value)
        case .lowest: state.values[i] = min(known, value)
        case .sum: state.values[i] = known + value
        case .product: state.values[i] = known * value
        }
      }
    }

    /// The beginning of a period as an instant in nanoseconds.
    private func origin(_ start: Int64) -> Int64 {
      Resample.nanoseconds(period.isDated ? start * 86_400 : start)
    }

    private func bar(_ state: State, isPartial: Bool) -> Frame {
      var result: [Frame.Column] = []
      for (i, column) in state.last.columns.enumerated() {
        if column.name == "ts" {
          result.append(
            Frame.Column(
              "ts",
              period.isDated
                ? Vector(.date, .int64([state.start]))
                : Vector(.timestamp(.nanosecond, zone: "UTC"), .int64([Resample.nanoseconds(state.start)]))))
        } else if column.name == "interval" {
          continue
        } else if i < state.values.count, let value = state.values[i] {
          // Whole numbers stay whole.
          var isWhole = false
          if case .int = column.vector.type { isWhole = true }
          if isWhole, let whole = Int64(exactly: value) {
            result.append(Frame.Column(column.name, Vector(.int(bits: 64), .int64([whole]))))
          } else {
            let mask: Validity? = value.isNaN ? Validity(repeating: false, count: 1) : nil
            result.append(Frame.Column(column.name, Vector(.float64, .float64([value]), validity: mask)))
          }
        } else {
          result.append(column)
        }
      }
      result.append(Frame.Column("partial", Vector(.bool, .int64([isPartial ? 1 : 0]))))
      return Frame(result, rows: 1)
    }

    /// Whether the period of a symbol's last bar may not be over yet.
    private func isPartial(_ state: State) -> Bool {
      let day = 86_400 * Timestamp.nanosecondsPerSecond
      if period.isDated {
        let lastDay = zone.day(ofSecond: state.lastTime / Timestamp.nanosecondsPerSecond)
        if period.unit != .day || state.step >= day {
          // A day is over once it has its bar; a week or a month is over once it has no weekday left.
          let from = state.lastTime % day == 0 && state.step >= day ? state.lastTime / day + 1 : lastDay + 1
          return (from..<max(from, state.end)).contains { (1...5).contains(($0 + 4) % 7) }
        }
        if let session {
          let second = state.lastTime / Timestamp.nanosecondsPerSecond
          let time = second + zone.offset(at: second) - lastDay * 86_400
          return time + (state.step == .max ? 0 : state.step / Timestamp.nanosecondsPerSecond) < session.close
        }
        // The day is over once its bars reach as far as those of earlier days.
        return state.reach == 0 || Resample.difference(state.lastTime, origin(state.start)) < state.reach
      }
      return state.step == .max
        || Resample.difference(Resample.nanoseconds(state.end), state.lastTime) > state.step
    }

    func finish(_ emit: (Frame) throws -> Void) throws {
      let rest = states.sorted { ($0.value.start, $0.key) < ($1.value.start, $1.key) }.map(\.value)
      try emit(Frame.joined(rest.map { bar($0, isPartial: isPartial($0)) }))
    }
  }

  mutating func execute() throws -> ExitStatus {
    guard let clock = TimeZone.named(zone) else {
      throw ToolFailure(.usage, "--zone \(zone): there is no such zone in the tz database of this machine")
    }
    let run = FrameRun("resample", input, output)
    let stage = Stage(period, clock, session)
    let status = try run.run(files, stage)
    if stage.outOfOrder > 0 {
      run.diagnostics.warning(
        "bars earlier than the last bar of their symbol were not used: \(stage.outOfOrder) (sort by time?)")
    }
    return status
  }
}
