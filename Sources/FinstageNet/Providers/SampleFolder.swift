import FinstageCore
import FinstageStore
import FinstageSystem

/// The folder of sample files.
enum SampleFolder {
  static let suffix = ".ndjson.gz"

  /// The folder of the samples; nil if there is none.
  static func find() -> String? {
    if let folder = Environment["FINSTAGE_SAMPLES"] {
      return isFolder("\(folder)/bars") ? "\(folder)/bars" : folder
    }
    guard let executable = systemExecutablePath() else { return nil }
    var folder = Folder.parent(of: executable)
    for candidate in ["\(folder)/samples/bars", "\(Folder.parent(of: folder))/share/finstage/samples/bars"]
    where isFolder(candidate) {
      return candidate
    }
    // In a checkout the executable is some folders below: .build/<platform>/release.
    for _ in 0..<5 where folder != "/" {
      folder = Folder.parent(of: folder)
      if isFolder("\(folder)/samples/bars") && access("\(folder)/Package.swift", R_OK) == 0 {
        return "\(folder)/samples/bars"
      }
    }
    return nil
  }

  /// The names of the samples in a folder, such as `AAPL.1d`.
  static func names(in folder: String) -> [String] {
    Folder.names(in: folder).filter { $0.hasSuffix(suffix) && !$0.hasPrefix(".") }.map {
      String($0.dropLast(suffix.count))
    }
  }

  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
