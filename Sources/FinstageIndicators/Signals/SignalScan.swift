import FinstageCore

/// The signals of a set of indicators. Detectors are kernels over the results of other kernels. Their outputs are the
/// strengths of signals, NaN where there is no signal.
final class SignalScan {
  /// The names of the two fields that are added.
  let fields: [String]

  let entries: [KernelEntry]
  let inputs: Inputs
  /// The name of each signal; the i-th belongs to result column `firstColumn + i`.
  let names: [String]
  private let firstColumn: Int

  /// - Parameters:
  ///   - requests: the indicators whose results fill the columns before `firstColumn`, in order.
  package init(_ requests: [IndicatorRequest], firstColumn: Int, form: SignalForm, prefix: String, revises: Bool) {
    var starts: [Int] = []
    var next = 0
    for request in requests {
      starts.append(next)
      next += request.indicator.outputs.count
    }
    var entries: [KernelEntry] = []
    var names: [String] = []
    var inputs: Inputs = []
    for rule in SignalRule.all {
      for match in rule.matches(requests, { starts[$0] + $1 }, form) {
        let first = firstColumn + names.count
        entries.append(
          KernelEntry(
            match.detector, match.inputs, first..<first + match.names.count, x: match.x, y: match.y, revises: revises))
        names += match.names
        inputs.formUnion(match.inputs)
      }
    }
    self.entries = entries
    self.names = names
    self.inputs = inputs
    self.firstColumn = firstColumn
    fields = [prefix + "signals", prefix + "signal_strengths"]
  }

  /// Signals of one bar, as indices of names, with their strengths.
  func signals(of bar: Int, in batch: Batch) -> [(name: Int, strength: Double)] {
    var found: [(name: Int, strength: Double)] = []
    for i in names.indices {
      let strength = batch.results[firstColumn + i].doubles[bar]
      if !strength.isNaN { found.append((i, strength)) }
    }
    return found
  }

  /// Adds the signal fields to the bars that have signals.
  func collect(_ batch: Batch) {
    var bars = Set<Int>()
    for i in names.indices {
      let column = batch.results[firstColumn + i].doubles
      for bar in 0..<batch.bars where !column[bar].isNaN { bars.insert(bar) }
    }
    let lists = batch.prepareLists { [ListColumn(fields[0], texts: names), ListColumn(fields[1], texts: nil)] }
    for bar in bars.sorted() {
      let found = signals(of: bar, in: batch)
      lists[0].append(row: bar, found.lazy.map { Double($0.name) })
      lists[1].append(row: bar, found.lazy.map(\.strength))
    }
  }
}
