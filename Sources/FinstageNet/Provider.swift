import FinstageCore

/// A source of bars. A new one is a file in Providers/ and a line in `ProviderRegistry`.
public protocol Provider: Sendable {
  /// Where the bars of one symbol come from.
  func source(of request: HistoryRequest) throws(FetchFailure) -> HistorySource
  /// The first second that bars of an interval are kept from; nil for no bound.
  func oldest(of interval: ChartInterval, now: Int64) -> Int64?
  /// The bars of one answer, in order of time; throws what is wrong with it.
  func history(in answer: HTTPAnswer, of request: HistoryRequest) throws(FetchFailure) -> History
}

extension Provider {
  public func oldest(of interval: ChartInterval, now: Int64) -> Int64? { nil }
}

/// Where bars come from.
public enum HistorySource: Sendable {
  /// They are here already.
  case local(History)
  /// Requests whose answers hold them, one after the other in time.
  case remote([HTTPRequest])
}

/// What all providers may be told.
public struct ProviderOptions: Sendable {
  /// Another host, with scheme: for tests and proxies.
  public var baseURL: String?
  /// Keep prices that were widened from 32 bits as they came.
  public var keepsRawPrices = false
  /// Where a service with addresses of its own has bars: `https://host/{symbol}.csv`.
  public var urlTemplate: String?
  /// Where in an answer the bars are: `result.bars`.
  public var rowsPath: String?
  /// What the fields of a bar are called there, by our names.
  public var map: [String: String] = [:]
  /// The folder of files.
  public var folder: String?
  /// There is a key for `{key}` in addresses.
  public var hasKey = false

  public init() {}
}

/// The providers by name.
public struct ProviderRegistry: Sendable {
  public let name: String
  public let summary: String
  public let make: @Sendable (ProviderOptions) throws(FetchFailure) -> any Provider

  public static let all: [ProviderRegistry] = [
    ProviderRegistry(name: "yahoo", summary: "Yahoo Finance's chart service", make: { YahooProvider($0) }),
    ProviderRegistry(
      name: "stooq", summary: "Stooq's daily bars", make: { StooqProvider($0) }),
    ProviderRegistry(
      name: "csv", summary: "any service that answers with CSV",
      make: { (options) throws(FetchFailure) in try CSVProvider(options) }),
    ProviderRegistry(
      name: "json", summary: "any service that answers with JSON",
      make: { (options) throws(FetchFailure) in try JSONProvider(options) }),
    ProviderRegistry(
      name: "file", summary: "CSV files of a folder",
      make: { (options) throws(FetchFailure) in try FileProvider(options) }),
    ProviderRegistry(
      name: "sample", summary: "real bars that come with finstage, no network", make: { _ in SampleProvider() }),
  ]
}

/// The bars that are wanted.
public struct HistoryRequest: Sendable, Equatable {
  public enum Span: Sendable, Equatable {
    case range(ChartRange)
    /// Seconds since 1970; the end is exclusive, nil is now.
    case period(from: Int64, to: Int64?)
  }

  public var symbol: String
  public var interval: ChartInterval
  public var span: Span
  /// Bars before and after the regular session, too.
  public var includesPrePost: Bool

  public init(symbol: String, interval: ChartInterval, span: Span, includesPrePost: Bool = false) {
    self.symbol = symbol
    self.interval = interval
    self.span = span
    self.includesPrePost = includesPrePost
  }
}

/// How long a bar lasts.
public enum ChartInterval: String, Sendable, CaseIterable {
  case oneMinute = "1m"
  case twoMinutes = "2m"
  case fiveMinutes = "5m"
  case quarterHour = "15m"
  case halfHour = "30m"
  case sixtyMinutes = "60m"
  case ninetyMinutes = "90m"
  case oneHour = "1h"
  case oneDay = "1d"
  case oneWeek = "1wk"
  case oneMonth = "1mo"
  case quarter = "3mo"

  /// Seconds for which bars may come from the cache: the last one of a day changes slowly, that of a minute does not.
  public var lifetime: Double { isDaily ? 3600 : 180 }

  /// Bars of a day or longer carry dates, shorter ones instants.
  public var isDaily: Bool {
    switch self {
    case .oneDay, .oneWeek, .oneMonth, .quarter: true
    default: false
    }
  }

  /// The first day of the bar that a day (since 1970-01-01) belongs to.
  func periodStart(of day: Int64) -> Int64 {
    switch self {
    case .oneWeek:
      // 1970-01-01 was a Thursday; weeks begin on Monday.
      let sinceMonday = (day + 3) % 7
      return day - (sinceMonday < 0 ? sinceMonday + 7 : sinceMonday)
    case .oneMonth, .quarter:
      let (year, month, _) = Timestamp.civil(day: day)
      return Timestamp.days(year: year, month: self == .oneMonth ? month : (month - 1) / 3 * 3 + 1, day: 1)
    default:
      return day
    }
  }
}

/// A span that ends now, as Yahoo names them.
public enum ChartRange: String, Sendable, CaseIterable {
  case oneDay = "1d"
  case fiveDays = "5d"
  case oneMonth = "1mo"
  case threeMonths = "3mo"
  case sixMonths = "6mo"
  case oneYear = "1y"
  case twoYears = "2y"
  case fiveYears = "5y"
  case tenYears = "10y"
  case yearToDate = "ytd"
  case max

  /// The first day of the range when it ends on `last` (days since 1970-01-01); nil for no bound.
  public func firstDay(endingOn last: Int64) -> Int64? {
    let (year, month, day) = Timestamp.civil(day: last)
    func monthsBack(_ count: Int64) -> Int64 {
      let months = year * 12 + month - 1 - count
      let (y, m) = (months / 12, months % 12 + 1)
      return Timestamp.days(year: y, month: m, day: min(day, Timestamp.daysInMonth(y, m)))
    }
    switch self {
    case .oneDay: return last
    case .fiveDays: return last - 6  // five sessions and a weekend
    case .oneMonth: return monthsBack(1)
    case .threeMonths: return monthsBack(3)
    case .sixMonths: return monthsBack(6)
    case .oneYear: return monthsBack(12)
    case .twoYears: return monthsBack(24)
    case .fiveYears: return monthsBack(60)
    case .tenYears: return monthsBack(120)
    case .yearToDate: return Timestamp.days(year: year, month: 1, day: 1)
    case .max: return nil
    }
  }
}

/// The bars of one symbol as a provider has them.
public struct History: Sendable {
  public var bars: [Bar]
  public var currency: String?
  /// Rows without a close, which are no bars.
  public var emptyRows = 0
  /// The days (since 1970) of such rows.
  public var blankDays: Set<Int64> = []
  /// What the user may want to know.
  public var notes: [String] = []
  /// What is known of the market beside the bars.
  public var market: MarketState?

  public init(bars: [Bar], currency: String? = nil) {
    self.bars = bars
    self.currency = currency
  }

  /// Pieces that follow each other in time, as one; a bar that two of them have is taken from the later one.
  public init(joining pieces: [History]) {
    self.init(bars: [])
    for piece in pieces {
      currency = piece.currency ?? currency
      market = piece.market ?? market
      emptyRows += piece.emptyRows
      blankDays.formUnion(piece.blankDays)
      notes += piece.notes
      for bar in piece.bars {
        if let last = bars.last, last.time == bar.time { bars.removeLast() }
        bars.append(bar)
      }
    }
  }
}
