/// The severity.
package enum AlertSeverity: String, Sendable, CaseIterable, Comparable {
  case info, warning, critical

  package var name: String { rawValue }

  private var level: Int { AlertSeverity.allCases.firstIndex(of: self)! }

  package static func < (a: AlertSeverity, b: AlertSeverity) -> Bool { a.level < b.level }
}
