import FinstageCommand
import FinstageCore

/// The state file of a run: what it gives at the start, what happens to series whose history has been edited, and saving.
final class StateSession {
  private let file: StateFile
  private let path: String
  private let diagnostics: Diagnostics
  private let skipped = SkippedLines()
  private var reported = 0

  /// Opens and locks the file; nil if a signal came while another process had it.
  static func open(_ path: String, _ diagnostics: Diagnostics) throws(ToolFailure) -> StateSession? {
    do throws(StateFileError) {
      let file = try StateFile.open(path: path) {
        diagnostics.warning("\(path): another process is using it: waiting for it")
      }
      return file.map { StateSession($0, path, diagnostics) }
    } catch {
      throw failure(error)
    }
  }

  private init(_ file: StateFile, _ path: String, _ diagnostics: Diagnostics) {
    self.file = file
    self.path = path
    self.diagnostics = diagnostics
  }

  private static func failure(_ error: StateFileError) -> ToolFailure {
    switch error {
    case .io(let path, let message): ToolFailure(.io, "\(path): \(message)")
    case .unusable(let path, let message): ToolFailure(.badData, "\(path): \(message)")
    }
  }

  /// How far inputs have been read.
  var marks: [InputMark] { file.marks }

  func load(_ set: IndicatorSet, _ symbols: SymbolTable) throws(ToolFailure) {
    do throws(StateFileError) {
      switch try file.load(into: set, symbols) {
      case .new: diagnostics.note("\(path): a new state")
      case .resumed(let count): diagnostics.note("\(path): goes on with \(count) series")
      case .otherSet:
        diagnostics.warning(
          "\(path): it is the state of other indicators, parameters or options: everything is computed anew")
      }
    } catch {
      throw StateSession.failure(error)
    }
    set.keepSkippedLines(in: skipped)
  }

  /// Tells of series that turned out to have another history than the one that was taken.
  func reportEdits(_ set: IndicatorSet, _ symbols: SymbolTable) {
    while reported < set.order.edits.count {
      let edit = set.order.edits[reported]
      reported += 1
      let name = symbols.count > edit.series ? symbols.name(edit.series) + ": " : ""
      let place = edit.nanoseconds.map { " at \(Timestamp.string($0))" } ?? ""
      diagnostics.warning("\(name)history differs from the state\(place): \(edit.reason); the series is computed anew")
    }
  }

  /// The lines of series that must be computed anew, once the input has ended; nil if there are none.
  func linesToTakeAgain(_ set: IndicatorSet, _ symbols: SymbolTable) throws(ToolFailure) -> (any ByteSource)? {
    set.order.finishResuming()
    reportEdits(set, symbols)
    do throws(InputError) { return try set.takeEditedSeriesAgain(from: skipped) } catch { throw ToolFailure(error) }
  }

  func mark(_ input: MarkedInput, lines: Int) { file.marks = input.marks(after: file.marks, lines: lines) }

  func save(_ set: IndicatorSet, _ symbols: SymbolTable) throws(ToolFailure) {
    do throws(StateFileError) { try file.save(set, symbols) } catch { throw StateSession.failure(error) }
  }
}
