/// What messages are about. The names are those of the subscription types; events that are none of the first three go to those who
/// subscribe to `all`.
package enum StreamKind: Int, CaseIterable, Sendable {
  case prices, technicalAnalysis, alerts, others

  package var name: String {
    switch self {
    case .prices: "prices"
    case .technicalAnalysis: "technical_analysis"
    case .alerts: "alerts"
    case .others: "others"
    }
  }

  /// Only the newest price counts; of everything else nothing may be left out silently.
  package var conflates: Bool { self == .prices }

  /// The kind of a record.
  package init(recordType: String?) {
    switch recordType {
    case nil, "bar", "quote", "trade", "price_update": self = .prices
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
    case .prices: [.prices]
    case .technicalAnalysis: [.technicalAnalysis]
    case .alerts: [.alerts]
    case .all: StreamKind.allCases
    }
  }

  /// A bit for each type.
  var bit: UInt8 { 1 << UInt8(SubscriptionType.allCases.firstIndex(of: self)!) }
}
