/// Where finstage keeps its files (design: XDG base directories; `FINSTAGE_HOME` moves all of them under one folder).
package enum HomeFolder: String, Sendable {
  case cache, data, state, config

  /// The folder; nil if the environment names none.
  package var path: String? {
    if let home = Environment["FINSTAGE_HOME"] { return "\(home)/\(rawValue)" }
    let (name, standard) =
      switch self {
      case .cache: ("XDG_CACHE_HOME", ".cache")
      case .data: ("XDG_DATA_HOME", ".local/share")
      case .state: ("XDG_STATE_HOME", ".local/state")
      case .config: ("XDG_CONFIG_HOME", ".config")
      }
    // The specification says to ignore a relative path here.
    if let folder = Environment[name], folder.hasPrefix("/") { return "\(folder)/finstage" }
    return Environment["HOME"].map { "\($0)/\(standard)/finstage" }
  }
}
