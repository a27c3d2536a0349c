import ArgumentParser
import FinstageMetrics
import FinstageSystem

/// Where the metrics are.
struct MetricsStoreOption: ParsableArguments {
  @Option(
    help: ArgumentHelp("The file with the metrics (default: metrics.db in the data folder).", valueName: "file"),
    completion: .file())
  var store: String?

  func path() throws -> String {
    if let store { return store }
    guard let folder = HomeFolder.data.path else {
      throw ToolFailure(
        .badConfiguration, "cannot tell where the metrics are (set HOME or FINSTAGE_HOME, or give --store FILE)")
    }
    return "\(folder)/metrics.db"
  }

  /// The store of commands that only look: there must be one.
  func existing() throws -> MetricsStore {
    let path = try path()
    guard FileContent.size(path) != nil else {
      throw ToolFailure(.noInput, "\(path): there are no metrics yet (fs-metrics collect or ingest brings some)")
    }
    return try MetricsStore(path: path)
  }

  func open() throws -> MetricsStore { try MetricsStore(path: try path()) }
}
