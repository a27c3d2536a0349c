import FinstageCommand
import FinstageCore

/// Writes the bars of a series, with a field on those that cannot be right, or repaired.
struct CheckedBars {
  /// Write suspicious bars as they should be, where that is known.
  let repairs: Bool

  /// Writes bars; returns what there is to say about them.
  func write(_ bars: [Bar], with writer: BarWriter) throws(OutputError) -> String? {
    let findings = BarCheck.findings(bars)
    guard !findings.isEmpty else {
      for bar in bars { try writer.write(bar) }
      return nil
    }
    var repaired = 0
    for (i, bar) in bars.enumerated() {
      guard let finding = findings[i] else {
        try writer.write(bar)
        continue
      }
      let reasons = finding.reasons.map(\.rawValue).joined(separator: ",")
      if repairs, let better = finding.repaired {
        repaired += 1
        try writer.write(better, note: "\"repaired\":\"\(reasons)\"")
      } else {
        try writer.write(bar, note: "\"suspect\":\"\(reasons)\"")
      }
    }
    var counts: [String] = []
    for reason in BarCheck.Reason.allCases {
      let count = findings.values.count { $0.reasons.contains(reason) }
      if count > 0 { counts.append("\(reason.rawValue) \(count)") }
    }
    var text = "\(findings.count) bars look wrong (\(counts.joined(separator: ", ")))"
    if repaired > 0 { text += ", \(repaired) are repaired" }
    if !repairs && findings.values.contains(where: { $0.repaired != nil }) { text += "; --repair changes them" }
    return text
  }
}
