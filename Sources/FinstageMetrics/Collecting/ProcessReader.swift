import FinstageCore
import FinstageSystem

/// What /proc says of one process, from reading to reading. A process is its number and its start: another one that gets the
/// same number is not it.
package struct ProcessReader {
  package let process: Int
  private let folder: String
  private let start: String
  private let labels: [String: String]
  private var last: (time: Double, ticks: Double)?
  private var peak: Double?
  private var readings = 0
  private static let peakInterval = 10
  private static let pageSize = Double(sysconf(Int32(_SC_PAGESIZE)))
  private static let ticksPerSecond = Double(sysconf(Int32(_SC_CLK_TCK)))

  /// Returns nil if no process has this number.
  package init?(_ process: Int, root: String = "") {
    self.process = process
    folder = "\(root)/proc/\(process)"
    guard let words = ProcessReader.words(folder) else { return nil }
    start = words.rest[19]
    labels = ["pid": "\(process)", "process": words.name]
  }

  /// The name, and the fields after it: the first is the state.
  private static func words(_ folder: String) -> (name: String, rest: [String])? {
    guard let text = FileContent.text("\(folder)/stat", limit: 4096), let open = text.firstIndex(of: "("),
      let close = text.lastIndex(of: ")"), open < close
    else { return nil }
    let rest = text[close...].dropFirst().split(whereSeparator: \.isWhitespace).map(String.init)
    return rest.count > 21 ? (String(text[text.index(after: open)..<close]), rest) : nil
  }

  /// The readings now; nil if the process has ended.
  package mutating func read(at time: Int64) -> [MetricPoint]? {
    guard let words = ProcessReader.words(folder)?.rest, words[19] == start, words[0] != "Z" else { return nil }
    var points: [MetricPoint] = []
    let labels = labels
    func add(_ name: String, _ value: Double?, _ unit: String) {
      points.append(MetricPoint(name: name, labels: labels, unit: unit, time: time, value: value ?? .nan))
    }
    let ticks = (Double(words[11]) ?? 0) + (Double(words[12]) ?? 0)
    let now = SystemClock.monotonic
    var percent: Double?
    if let last, now > last.time, ticks >= last.ticks {
      percent = (ticks - last.ticks) / ProcessReader.ticksPerSecond / (now - last.time) * 100
    }
    last = (now, ticks)
    add("process_cpu_percent", percent, "%")
    add("process_cpu_seconds", ticks / ProcessReader.ticksPerSecond, "s")
    add("process_threads", Double(words[17]), "1")
    add("process_memory_bytes", Double(words[21]).map { $0 * ProcessReader.pageSize }, "By")
    // The peak is above what is in memory only if that has shrunk: it need not be asked for each time.
    let resident = Double(words[21]).map { $0 * ProcessReader.pageSize } ?? 0
    if readings % ProcessReader.peakInterval == 0 {
      peak = ProcessReader.number(FileContent.text("\(folder)/status", limit: 8192), "VmHWM:").map { $0 * 1024 }
    }
    readings += 1
    peak = peak.map { max($0, resident) }
    add("process_peak_memory_bytes", peak, "By")
    let io = FileContent.text("\(folder)/io", limit: 1024)
    add("process_read_bytes", ProcessReader.number(io, "rchar:"), "By")
    add("process_written_bytes", ProcessReader.number(io, "wchar:"), "By")
    // Newer kernels tell the number as the size of the folder.
    var descriptors = FileContent.size("\(folder)/fd") ?? 0
    if descriptors == 0 { descriptors = Folder.names(in: "\(folder)/fd").count }
    add("process_descriptors", descriptors > 0 ? Double(descriptors) : nil, "1")
    return points
  }

  private static func number(_ text: String?, _ name: String) -> Double? {
    guard let text, let mark = text.firstRange(of: name) else { return nil }
    return Double(text[mark.upperBound...].drop { $0 == " " || $0 == "\t" }.prefix { $0.isNumber })
  }
}
