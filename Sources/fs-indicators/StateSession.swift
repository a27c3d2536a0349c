import FinstageCommand
import FinstageCore
import FinstageIndicators
import FinstageSystem

/// The state file of a run: loads it, handles series whose history has been edited, and saves it.
final class StateSession {
  private let file: StateFile
  private let path: String
  private let diagnostics: Diagnostics
  private let skipped = SkippedRows()
  private var reported = 0
  private var marked: [String: MarkedInput] = [:]

  /// Opens and locks the file; nil if a signal arrived while another process held the lock.
  static func open(_ path: String, _ diagnostics: Diagnostics) throws -> StateSession? {
    let file = try StateFile.open(path: path) {
      diagnostics.warning("\(path): waiting for another process that is using this file")
    }
    return file.map { StateSession($0, path, diagnostics) }
  }

  private init(_ file: StateFile, _ path: String, _ diagnostics: Diagnostics) {
    self.file = file
    self.path = path
    self.diagnostics = diagnostics
  }

  func load(_ set: IndicatorSet, _ symbols: SymbolTable) throws {
    switch try file.load(into: set, symbols) {
    case .new: diagnostics.note("\(path): starting a new state")
    case .resumed(let count): diagnostics.note("\(path): resuming \(count) series")
    case .otherSet:
      diagnostics.warning(
        "\(path): the state belongs to other indicators, parameters or options; everything is recomputed")
    }
    set.keepSkippedRows(in: skipped)
  }

  /// Passes over what an earlier run has read of a file; returns how many lines that is.
  func begin(_ input: RecordInput) -> Int {
    guard let file = input.file else { return 0 }
    let marked = MarkedInput(file, marks: self.file.marks)
    self.marked[input.name] = marked
    return marked.linesBefore
  }

  /// Remembers how far a file has been read.
  func end(_ input: RecordInput, lines: Int) {
    guard let marked = marked[input.name] else { return }
    file.marks = marked.marks(after: file.marks, lines: lines)
  }

  /// Reports series that turned out to have another history than the one that was taken.
  func reportEdits(_ set: IndicatorSet, _ symbols: SymbolTable) {
    while reported < set.order.edits.count {
      let edit = set.order.edits[reported]
      reported += 1
      let name = symbols.count > edit.series ? symbols.name(edit.series) + ": " : ""
      let place = edit.nanoseconds.map { " at \(Timestamp.string($0))" } ?? ""
      diagnostics.warning("\(name)history differs from the state\(place): \(edit.reason); the series is recomputed")
    }
  }

  /// The input has ended: takes the rows of series again that must be computed anew.
  func takeEditedSeriesAgain(_ set: IndicatorSet, _ stream: RecordStream) throws {
    set.order.finishResuming()
    reportEdits(set, stream.symbols)
    guard set.takeEditedSeriesAgain() else { return }
    try stream.take(skipped)
    set.takeAllSeries()
  }

  func save(_ set: IndicatorSet, _ symbols: SymbolTable) throws { try file.save(set, symbols) }
}
