/// A rate as users write it: 5/s, 30/m, 1000/h. A number without a unit counts per second.
package struct Rate: Sendable, Hashable {
  package let perSecond: Double

  package init(perSecond: Double) { self.perSecond = perSecond }

  /// Reads a rate; nil if the text is not one, or not positive.
  package init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    let units = ["s": 1.0, "m": 60, "h": 3600]
    guard parts.count <= 2, let value = Double(parts[0]), value.isFinite, value > 0,
      let unit = parts.count == 2 ? units[String(parts[1])] : 1
    else { return nil }
    perSecond = value / unit
  }

  /// As it can be written, to two places.
  package var text: String {
    func rounded(_ value: Double) -> String {
      let value = (value * 100).rounded() / 100
      return value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : "\(value)"
    }
    return perSecond >= 1
      ? "\(rounded(perSecond))/s"
      : perSecond * 60 >= 1 ? "\(rounded(perSecond * 60))/m" : "\(rounded(perSecond * 3600))/h"
  }
}
