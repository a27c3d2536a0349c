import FinstageCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The folder of sample files.
enum SampleFolder {
  static let suffix = ".ndjson.gz"

  /// Where the samples are, or nil.
  static func find() -> String? {
    if let named = getenv("FINSTAGE_SAMPLES"), named[0] != 0 {
      let folder = String(cString: named)
      return isFolder("\(folder)/bars") ? "\(folder)/bars" : folder
    }
    guard let executable = executablePath() else { return nil }
    var folder = parent(executable)
    for candidate in ["\(folder)/samples/bars", "\(parent(folder))/share/finstage/samples/bars"]
    where isFolder(candidate) {
      return candidate
    }
    // In a checkout the executable is some folders below: .build/<platform>/release.
    for _ in 0..<5 where folder != "/" {
      folder = parent(folder)
      if isFolder("\(folder)/samples/bars") && access("\(folder)/Package.swift", R_OK) == 0 {
        return "\(folder)/samples/bars"
      }
    }
    return nil
  }

  /// The names of the samples in a folder, such as `AAPL.1d`.
  static func names(in folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasSuffix(suffix) && !name.hasPrefix(".") { names.append(String(name.dropLast(suffix.count))) }
    }
    return names
  }

  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  private static func parent(_ path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private static func executablePath() -> String? {
    #if canImport(Darwin)
      var size: UInt32 = 4096
      var buffer = [CChar](repeating: 0, count: Int(size))
      guard _NSGetExecutablePath(&buffer, &size) == 0, let real = realpath(buffer, nil) else { return nil }
    #else
      guard let real = realpath("/proc/self/exe", nil) else { return nil }
    #endif
    defer { free(real) }
    return String(cString: real)
  }
}
