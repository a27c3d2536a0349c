import FinstageCore

/// Remarks on suspect bars.
package struct BarRemarks {
  /// Bars as they are to be written.
  package struct Checked {
    package var bars: [Bar]
    /// By place among the bars.
    package var remarks: [Int: BarPrinter.Remark] = [:]
    /// For the user; nil if nothing looks wrong.
    package var summary: String?
  }

  /// Replace suspicious bars by what they should be, where that is known.
  private let repairs: Bool

  package init(repairs: Bool) { self.repairs = repairs }

  package func of(_ bars: [Bar], currency: String?) -> Checked {
    var checked = Checked(bars: bars)
    let findings = BarCheck.findings(bars, currency: currency)
    if findings.isEmpty { return checked }
    var repaired = 0
    for (i, finding) in findings {
      let reasons = finding.reasons.map(\.rawValue).joined(separator: ",")
      if repairs, let better = finding.repaired {
        repaired += 1
        checked.bars[i] = better
        checked.remarks[i] = .repaired(reasons)
      } else {
        checked.remarks[i] = .suspect(reasons)
      }
    }
    var counts: [String] = []
    for reason in BarCheck.Reason.allCases {
      let count = findings.values.count { $0.reasons.contains(reason) }
      if count > 0 { counts.append("\(reason.rawValue) \(count)") }
    }
    var text = "\(findings.count) bars look wrong (\(counts.joined(separator: ", ")))"
    if repaired > 0 { text += ", \(repaired) repaired" }
    if !repairs && findings.values.contains(where: { $0.repaired != nil }) { text += "; --repair fixes what it can" }
    checked.summary = text
    return checked
  }
}
