/// Which alerts of a run without a store are told: an end is told if its beginning was.
package struct ToldAlerts: Sendable {
  private var withheld: Set<String> = []

  package init() {}

  /// Says whether an event is told.
  package mutating func take(_ event: AlertEvent) -> Bool {
    switch event.state {
    case .firing:
      if event.inhibitedBy == nil { return true }
      if !event.isMomentary { withheld.insert(event.id) }
      return false
    case .repeated: return !withheld.contains(event.id)
    case .resolved: return withheld.remove(event.id) == nil
    }
  }
}
