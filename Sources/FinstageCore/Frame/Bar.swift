import FinstageSystem

/// One bar of a price series.
package struct Bar: Sendable, Equatable {
  /// The time of a bar: bars of a day or longer have the date of their first session, shorter ones the instant they
  /// begin.
  package enum Time: Sendable, Equatable {
    /// Days since 1970-01-01.
    case date(Int64)
    /// Nanoseconds since 1970-01-01T00:00:00Z.
    case instant(Int64)

    /// Seconds since 1970-01-01T00:00:00Z; for a date, its beginning in UTC.
    package var second: Int64 {
      switch self {
      case .date(let day): day * 86_400
      case .instant(let nanoseconds): nanoseconds / Timestamp.nanosecondsPerSecond
      }
    }

    /// ISO 8601: `2024-01-02`, or `2024-01-02T14:30:00Z`.
    package var text: String {
      switch self {
      case .date(let day): Timestamp.dateString(day: day)
      case .instant(let nanoseconds): Timestamp.string(nanoseconds)
      }
    }
  }

  package var time: Time
  package var open: Double?
  package var high: Double?
  package var low: Double?
  package var close: Double
  package var volume: Double?
  /// The close adjusted for splits and dividends.
  package var adjustedClose: Double?
  /// Cash paid for one share on this bar, in the series' currency.
  package var dividend: Double?
  /// The dividend's own currency, if it is another one.
  package var dividendCurrency: String?
  /// New shares for one old share: 4 for a 4:1 split.
  package var split: Double?
  /// A fund's distribution of gains, for one share.
  package var capitalGain: Double?

  package init(time: Time, open: Double?, high: Double?, low: Double?, close: Double, volume: Double?) {
    self.time = time
    self.open = open
    self.high = high
    self.low = low
    self.close = close
    self.volume = volume
  }
}
