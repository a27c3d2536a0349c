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
      session. Dividends, capital gains, trades and amounts (turnover, amount, quote_volume, taker_buy_volume, taker_buy_quote_volume) \
      are added up, splits are multiplied, vwap is averaged by volume, and any other field, also close, has its value in the last row, even \
      if that is null. "partial" is true on the last bar of a symbol if its period may not be over yet. Input must be in \
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
  private enum Rule { case first, highest, lowest, last, sum, product, weighted }

  private static func rule(_ name: String) -> Rule {
    switch name {
    case "open": .first
    case "high": .highest
    case "low": .lowest
    case "volume", "dividend", "capital_gain", "trades", "turnover", "amount", "quote_volume", "taker_buy_volume",
      "taker_buy_quote_volume":
      .sum
    case "vwap": .weighted
    case "split": .product
    default: .last
    }
  }

  /// Bars from rows.
  /// - Parameter barOfRow: for each row the number of its bar, -1 for none. The rows of a bar are in order of time.
  private static func combined(_ rows: Frame, _ barOfRow: [Int], count: Int) -> Frame {
    var last = [Int](repeating: 0, count: count)
    for (row, bar) in barOfRow.enumerated() where bar >= 0 { last[bar] = row }
    return Frame(
      rows.columns.map { column in
        var rule = column.vector.type.isNumber ? rule(column.name) : .last
        if rule == .weighted {
          if let volumes = rows["volume"], volumes.type.isNumber {
            return Frame.Column(column.name, weighted(column.vector, by: volumes, barOfRow, count: count))
          }
          rule = .last
        }
        return Frame.Column(
          column.name,
          rule == .last ? column.vector.taking(last) : combined(column.vector, rule, barOfRow, count: count))
      }, rows: count)
  }

  /// The mean of a column for each bar, weighted with another. It is null if it is of a row that has a weight.
  private static func weighted(_ vector: Vector, by weights: Vector, _ barOfRow: [Int], count: Int) -> Vector {
    var (sums, total) = ([Double](repeating: 0, count: count), [Double](repeating: 0, count: count))
    for (row, (value, weight)) in zip(vector.doubles(), weights.doubles()).enumerated() where barOfRow[row] >= 0 {
      if !(weight > 0) { continue }
      sums[barOfRow[row]] += value * weight
      total[barOfRow[row]] += weight
    }
    var validity = Validity(repeating: true, count: count)
    for bar in 0..<count where total[bar] == 0 || sums[bar].isNaN { validity[bar] = false }
    return Vector(
      .float64, .float64(zip(sums, total).map { $1 > 0 ? $0 / $1 : .nan }),
      validity: validity.nullCount == 0 ? nil : validity)
  }

  /// The values of bars; whole numbers stay whole, and exact as long as 64 bits hold them.
  private static func combined(_ vector: Vector, _ rule: Rule, _ barOfRow: [Int], count: Int) -> Vector {
    var known = Validity(repeating: false, count: count)
    func mask() -> Validity? { known.nullCount == 0 ? nil : known }
    if case .int = vector.type, let sums = combinedIntegers(vector, rule, barOfRow, count: count, &known) {
      return Vector(.int(bits: 64), .int64(sums), validity: mask())
    }
    if case .decimal = vector.type, rule != .product {
      known = Validity(repeating: false, count: count)
      if let sums = combinedIntegers(vector, rule, barOfRow, count: count, &known) {
        return Vector(vector.type, .int64(sums), validity: mask())
      }
    }
    known = Validity(repeating: false, count: count)
    var values = [Double](repeating: .nan, count: count)
    for (row, value) in vector.doubles().enumerated() {
      let bar = barOfRow[row]
      if bar < 0 || value.isNaN { continue }
      if values[bar].isNaN {
        values[bar] = value
        known[bar] = true
        continue
      }
      switch rule {
      case .first, .last, .weighted: break
      case .highest: values[bar] = max(values[bar], value)
      case .lowest: values[bar] = min(values[bar], value)
      case .sum: values[bar] += value
      case .product: values[bar] *= value
      }
    }
    return Vector(.float64, .float64(values), validity: mask())
  }

  /// Nil if a value is beyond 64 bits.
  private static func combinedIntegers(
    _ vector: Vector, _ rule: Rule, _ barOfRow: [Int], count: Int, _ known: inout Validity
  ) -> [Int64]? {
    var values = [Int64](repeating: 0, count: count)
    for (row, value) in vector.integers().enumerated() {
      let bar = barOfRow[row]
      if bar < 0 || vector.isNull(row) { continue }
      if !known[bar] {
        values[bar] = value
        known[bar] = true
        continue
      }
      var overflow = false
      switch rule {
      case .first, .last, .weighted: break
      case .highest: values[bar] = max(values[bar], value)
      case .lowest: values[bar] = min(values[bar], value)
      case .sum: (values[bar], overflow) = values[bar].addingReportingOverflow(value)
      case .product: (values[bar], overflow) = values[bar].multipliedReportingOverflow(by: value)
      }
      if overflow { return nil }
    }
    return values
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
    /// By number of the symbol.
    private var states: [State] = []
    /// The unfinished bars so far, as rows: to combine them with what follows is to combine rows.
    private var open = Frame([])
    /// What has not been combined with them yet.
    private var waiting: [Frame] = []
    private var waitingRows = 0
    /// Frames of input that does not keep anybody waiting are larger.
    private static let largeFrame = 8192
    private var openStarts: [Int64] = []
    private var openOwners: [Int] = []
    private var lastSpan: (time: Int64, span: (start: Int64, end: Int64)?)?
    private(set) var outOfOrder = 0

    /// What is known of a symbol.
    private struct State {
      /// The place of its unfinished bar.
      var bar = -1
      /// The instant or day at which that begins, and the first one after its end.
      var start: Int64 = 0
      var end: Int64 = 0
      var lastTime: Int64 = 0
      /// The smallest step between bars of the symbol, and the farthest that a full bar reached into its period.
      var step = Int64.max
      var reach: Int64 = 0
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
      let (start, local) = start(instant, length)
      let wanted = min(local + length, zone.day(ofSecond: instant) * 86_400 + (session?.close ?? 86_400))
      let end = zone.second(ofLocal: wanted)
      // Where clocks are put back, the hour that comes twice ends before its name does.
      let usual = start + wanted - local
      return (start, end <= usual || self.start(usual, length).start == start ? end : usual)
    }

    /// The beginning of the part of a day that an instant is in, also by the clock of the zone. Of an hour that comes twice, each has
    /// its own parts; a longer part is that much longer.
    private func start(_ instant: Int64, _ length: Int64) -> (start: Int64, local: Int64) {
      let offset = zone.offset(at: instant)
      let open = zone.day(ofSecond: instant) * 86_400 + (session?.open ?? 0)
      let time = instant + offset - open
      let index = time >= 0 ? time / length : -((-time + length - 1) / length)
      let local = open + index * length
      let start = local - offset
      return (start == instant || zone.offset(at: start) == offset ? start : zone.second(ofLocal: local), local)
    }

    /// The same, faster where the row before was at the same time or in the same period.
    private func spanOfRow(_ nanoseconds: Int64, isDate: Bool) -> (start: Int64, end: Int64)? {
      if let lastSpan {
        if lastSpan.time == nanoseconds { return lastSpan.span }
        if case .seconds(let length) = period.unit, session == nil, let span = lastSpan.span {
          // Where clocks are put back, a period is longer than its name says, and times of day are there twice.
          let second = Timestamp.floor(nanoseconds, Timestamp.nanosecondsPerSecond) / Timestamp.nanosecondsPerSecond
          if span.end - span.start == length && second >= span.start && second < span.end { return span }
        }
      }
      let span = span(nanoseconds, isDate: isDate)
      lastSpan = (nanoseconds, span)
      return span
    }

    /// Large frames wait until there are as many rows as unfinished bars: these are copied each time.
    func take(_ frame: Frame, _ emit: (Frame) throws -> Void) throws {
      waiting.append(frame)
      waitingRows += frame.rows
      if frame.rows < Stage.largeFrame || waitingRows >= open.rows { try combineWaiting(emit) }
    }

    private func combineWaiting(_ emit: (Frame) throws -> Void) throws {
      let frame = waiting.count == 1 ? waiting[0] : Frame.joined(waiting)
      waiting = []
      waitingRows = 0
      if frame.rows > 0 { try combine(frame, emit) }
    }

    private func combine(_ frame: Frame, _ emit: (Frame) throws -> Void) throws {
      let place = try FrameRun.place("ts", in: frame)
      let vector = frame.columns[place].vector
      guard let times = vector.nanoseconds() else {
        throw ToolFailure(.badData, "column \"ts\" holds \(vector.type.name), not a time")
      }
      let isDate = vector.type == .date
      if isDate && !period.isDated { throw ToolFailure(.badData, "daily bars cannot be made into shorter bars") }
      // The rows of the unfinished bars, then those of the frame; for each its bar, -1 for none.
      let before = open.rows
      var barOfRow = Array(0..<before)
      barOfRow.reserveCapacity(before + frame.rows)
      var starts = openStarts
      var owners = openOwners
      var done: [Int] = []
      let groups = keys.numbers(frame)
      while states.count < keys.count { states.append(State()) }
      for row in 0..<frame.rows {
        let time = times[row]
        guard !vector.isNull(row), let (start, end) = spanOfRow(time, isDate: isDate) else {
          barOfRow.append(-1)
          continue
        }
        let group = groups[row]
        var state = states[group]
        if state.bar >= 0 {
          if time < state.lastTime {
            outOfOrder += 1
            barOfRow.append(-1)
            continue
          }
          let step = Resample.difference(time, state.lastTime)
          if step > 0 { state.step = min(state.step, step) }
          if start != state.start {
            done.append(state.bar)
            state.reach = max(state.reach, Resample.difference(state.lastTime, origin(state.start)))
            state.bar = -1
          }
        }
        if state.bar < 0 {
          state.bar = starts.count
          state.start = start
          state.end = end
          starts.append(start)
          owners.append(group)
        }
        state.lastTime = time
        states[group] = state
        barOfRow.append(state.bar)
      }
      let rows = before == 0 ? frame : Frame.joined([open, frame])
      let bars = Resample.combined(rows, barOfRow, count: starts.count)
      if !done.isEmpty {
        try emit(
          finished(bars.taking(done), done.map { starts[$0] }, isPartial: [Bool](repeating: false, count: done.count)))
      }
      let rest = starts.indices.filter { states[owners[$0]].bar == $0 }
      open = bars.taking(rest)
      openStarts = rest.map { starts[$0] }
      openOwners = rest.map { owners[$0] }
      for (place, group) in openOwners.enumerated() { states[group].bar = place }
    }

    /// The beginning of a period as an instant in nanoseconds.
    private func origin(_ start: Int64) -> Int64 {
      Resample.nanoseconds(period.isDated ? start * 86_400 : start)
    }

    /// Bars with the times and the columns that are written.
    private func finished(_ bars: Frame, _ starts: [Int64], isPartial: [Bool]) -> Frame {
      var columns = bars.columns.filter { $0.name != "interval" }
      for i in columns.indices where columns[i].name == "ts" {
        columns[i].vector =
          period.isDated
          ? Vector(.date, .int64(starts))
          : Vector(.timestamp(.nanosecond, zone: "UTC"), .int64(starts.map(Resample.nanoseconds)))
      }
      columns.append(Frame.Column("partial", Vector(.bool, .int64(isPartial.map { $0 ? 1 : 0 }))))
      return Frame(columns, rows: bars.rows)
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

    func passOn(_ emit: (Frame) throws -> Void) throws {
      if !waiting.isEmpty { try combineWaiting(emit) }
    }

    func finish(_ emit: (Frame) throws -> Void) throws {
      if !waiting.isEmpty { try combineWaiting(emit) }
      let order = openStarts.indices.sorted { (openStarts[$0], openOwners[$0]) < (openStarts[$1], openOwners[$1]) }
      try emit(
        finished(
          open.taking(order), order.map { openStarts[$0] }, isPartial: order.map { isPartial(states[openOwners[$0]]) }))
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
