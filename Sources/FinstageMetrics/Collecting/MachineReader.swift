import FinstageCore
import FinstageSystem

/// What /proc says of the machine. Rates come from two readings; after a pause of the machine, or the first time, there is none.
package struct MachineReader {
  private var lastCPU: (busy: Double, total: Double)?
  private let root: String

  /// - Parameter root: where /proc and /sys are, for tests.
  package init(root: String = "") { self.root = root }

  private func text(_ path: String) -> String? { FileContent.text(root + path, limit: 1 << 20) }

  /// The readings now; what cannot be read is a gap.
  package mutating func read(at time: Int64) -> [MetricPoint] {
    var points: [MetricPoint] = []
    func add(_ name: String, _ value: Double?, _ unit: String) {
      points.append(MetricPoint(name: name, unit: unit, time: time, value: value ?? .nan))
    }
    add("cpu_percent", cpuPercent(), "%")
    let memory = Memory(text("/proc/meminfo"), CGroup(root: root))
    add("memory_percent", memory.map { $0.used / $0.total * 100 }, "%")
    add("memory_used_bytes", memory?.used, "By")
    add("memory_available_bytes", memory.map { $0.total - $0.used }, "By")
    let load = text("/proc/loadavg")?.split(separator: " ").first.flatMap { Double($0) }
    add("load1", load, "1")
    let files = text("/proc/sys/fs/file-nr")?.split(whereSeparator: \.isWhitespace).first.flatMap { Double($0) }
    add("open_files", files, "1")
    return points
  }

  private mutating func cpuPercent() -> Double? {
    guard let line = text("/proc/stat")?.split(separator: "\n").first, line.hasPrefix("cpu ") else { return nil }
    let ticks = line.split(separator: " ").dropFirst().prefix(8).compactMap { Double($0) }
    guard ticks.count >= 5 else { return nil }
    let total = ticks.reduce(0, +)
    let now = (busy: total - ticks[3] - ticks[4], total: total)
    defer { lastCPU = now }
    guard let last = lastCPU, now.total > last.total, now.busy >= last.busy else { return nil }
    return (now.busy - last.busy) / (now.total - last.total) * 100
  }

  /// Memory in bytes: that of the machine, or less, if a control group allows less.
  struct Memory {
    let used: Double
    let total: Double

    init?(_ meminfo: String?, _ group: CGroup) {
      func kibibytes(_ name: String) -> Double? {
        guard let meminfo, let mark = meminfo.firstRange(of: name + ":") else { return nil }
        return Double(meminfo[mark.upperBound...].drop { $0 == " " }.prefix { $0.isNumber })
      }
      guard let all = kibibytes("MemTotal"), let available = kibibytes("MemAvailable"), all > 0 else { return nil }
      if let limit = group.memoryLimit, limit < all * 1024, let used = group.memoryUsed {
        total = limit
        self.used = min(limit, used)
      } else {
        total = all * 1024
        used = (all - available) * 1024
      }
    }
  }
}

/// The control group of this process, in version 2 or 1.
package struct CGroup {
  /// Bytes; nil for no limit. The least of the group and all above it.
  package private(set) var memoryLimit: Double?
  /// Bytes in use, without the page cache that can go at once.
  package private(set) var memoryUsed: Double?
  /// CPUs; nil for no limit.
  package private(set) var cpuLimit: Double?

  package init(root: String = "") {
    func text(_ path: String) -> String? { FileContent.text(root + path, limit: 65_536) }
    func number(_ path: String) -> Double? {
      text(path).flatMap { Double($0.filter { !$0.isWhitespace }) }
    }
    guard let lines = text("/proc/self/cgroup")?.split(separator: "\n") else { return }
    func inactive(_ path: String, _ key: String) -> Double {
      guard let text = text(path), let mark = text.firstRange(of: key + " ") else { return 0 }
      return Double(text[mark.upperBound...].prefix { $0.isNumber }) ?? 0
    }
    if let line = lines.first(where: { $0.hasPrefix("0::") }), text("/sys/fs/cgroup/cgroup.controllers") != nil {
      var path = String(line.dropFirst(3))
      let base = "/sys/fs/cgroup"
      if let used = number("\(base)\(path)/memory.current") ?? number("\(base)/memory.current") {
        memoryUsed = used - inactive("\(base)\(path)/memory.stat", "inactive_file")
      }
      // A group has at most what each group above it has.
      while true {
        let folder = base + (path == "/" ? "" : path)
        if let limit = number("\(folder)/memory.max") { memoryLimit = min(memoryLimit ?? .infinity, limit) }
        if let words = text("\(folder)/cpu.max")?.split(whereSeparator: \.isWhitespace), words.count == 2,
          let quota = Double(words[0]), let period = Double(words[1]), period > 0
        {
          cpuLimit = min(cpuLimit ?? .infinity, quota / period)
        }
        if path == "/" || path.isEmpty { break }
        path = Folder.parent(of: path)
        if path == "." { path = "/" }
      }
      return
    }
    // Version 1: no limit is a huge number.
    if let line = lines.first(where: {
      $0.split(separator: ":").dropFirst().first?.split(separator: ",").contains("memory") ?? false
    }) {
      let path = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false).last.map(String.init) ?? "/"
      for folder in ["/sys/fs/cgroup/memory\(path)", "/sys/fs/cgroup/memory"] {
        guard let limit = number("\(folder)/memory.limit_in_bytes") else { continue }
        if limit < 1e15 { memoryLimit = limit }
        memoryUsed = number("\(folder)/memory.usage_in_bytes").map {
          $0 - inactive("\(folder)/memory.stat", "total_inactive_file")
        }
        break
      }
    }
  }
}
