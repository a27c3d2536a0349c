/// What messages are about. The names are those of the subscription types but for two: trades go to those who subscribe to prices, and
/// other events to those who subscribe to `all`.
package enum StreamKind: Int, CaseIterable, Sendable {
  case prices, technicalAnalysis, alerts, others, trades

  package var name: String {
    switch self {
    case .prices: "prices"
    case .technicalAnalysis: "technical_analysis"
    case .alerts: "alerts"
    case .others: "others"
    case .trades: "trades"
    }
  }

  /// Only the newest price counts; of everything else nothing may be left out unless the client asks for that.
  package var conflates: Bool { self == .prices }

  /// Whether its events are about a price.
  package var isOfPrices: Bool { self == .prices || self == .trades }

  /// The kind of a record.
  package init(recordType: String?) {
    switch recordType {
    case nil, "bar", "quote", "price_update": self = .prices
    case "trade": self = .trades
    case "analysis", "technical_analysis": self = .technicalAnalysis
    case "alert": self = .alerts
    default: self = .others
    }
  }

  /// The kind of an event that an fs-stream server has sent; nil for other messages.
  package init?(messageType: String) {
    switch messageType {
    case "price_update": self = .prices
    case "technical_analysis": self = .technicalAnalysis
    case "alert": self = .alerts
    default: return nil
    }
  }
}

/// What a client may subscribe to.
package enum SubscriptionType: String, CaseIterable, Sendable {
  case prices
  case technicalAnalysis = "technical_analysis"
  case alerts
  case all

  package var kinds: [StreamKind] {
    switch self {
    case .prices: [.prices, .trades]
    case .technicalAnalysis: [.technicalAnalysis]
    case .alerts: [.alerts]
    case .all: StreamKind.allCases
    }
  }

  /// A bit for each type.
  var bit: UInt8 { 1 << UInt8(SubscriptionType.allCases.firstIndex(of: self)!) }
}
