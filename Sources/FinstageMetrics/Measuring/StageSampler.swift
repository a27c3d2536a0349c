import FinstageSystem

/// Samples a running process through /proc. Systems without /proc give no samples.
struct StageSampler {
  /// What a stage does, if several threads or processes of it do different things: the first of them.
  enum Doing: Int, CaseIterable { case working, waitsForOutput, waitsForInput, waitsOtherwise }

  private let process: pid_t
  private(set) var peakBytes: Int?
  private(set) var counts = [Int](repeating: 0, count: Doing.allCases.count)

  init(_ process: pid_t) { self.process = process }

  private static let mostProcesses = 64

  /// Looks at the process and its descendants.
  mutating func sample() {
    var processes = [process]
    var place = 0
    var seen: Set<Doing> = []
    while place < processes.count {
      let folder = "/proc/\(processes[place])"
      place += 1
      notePeak(folder)
      if let doing = doing(folder) { seen.insert(doing) }
      if processes.count < StageSampler.mostProcesses,
        let children = FileContent.text("\(folder)/task/\(processes[place - 1])/children", limit: 4096)
      {
        processes += children.split(separator: " ").compactMap { pid_t($0) }
      }
    }
    if let doing = Doing.allCases.first(where: seen.contains) { counts[doing.rawValue] += 1 }
  }

  /// The high-water mark of the program that runs now, which forgets what was before its start.
  private mutating func notePeak(_ folder: String) {
    guard let text = FileContent.text("\(folder)/status", limit: 8192), let mark = text.firstRange(of: "VmHWM:") else {
      return
    }
    let digits = text[mark.upperBound...].drop { $0 == " " || $0 == "\t" }.prefix { $0.isNumber }
    if let kibibytes = Int(digits) { peakBytes = max(peakBytes ?? 0, kibibytes * 1024) }
  }

  private func doing(_ folder: String) -> Doing? {
    let threads = Folder.names(in: "\(folder)/task")
    if threads.isEmpty { return nil }
    var waits: Set<Doing> = []
    for thread in threads {
      guard let stat = FileContent.text("\(folder)/task/\(thread)/stat", limit: 1024),
        let close = stat.lastIndex(of: ")")
      else { continue }
      let state = stat[close...].dropFirst(2).first
      if state == "R" { return .working }
      guard let call = FileContent.text("\(folder)/task/\(thread)/syscall", limit: 256) else { continue }
      let words = call.split(separator: " ", maxSplits: 2)
      guard words.count > 1, let number = Int(words[0]) else { continue }
      if StageSampler.reads.contains(number), words[1] == "0x0" {
        waits.insert(.waitsForInput)
      } else if StageSampler.writes.contains(number), words[1] == "0x1" {
        waits.insert(.waitsForOutput)
      }
    }
    return waits.contains(.waitsForOutput) ? .waitsForOutput : waits.first ?? .waitsOtherwise
  }

  #if arch(x86_64)
    /// read, readv, splice
    private static let reads: Set<Int> = [0, 19, 275]
    /// write, writev
    private static let writes: Set<Int> = [1, 20]
  #else
    private static let reads: Set<Int> = [63, 65, 76]
    private static let writes: Set<Int> = [64, 66]
  #endif

  /// Bytes that a process has read and written so far, whatever from and to; also of one that has ended and not been waited for.
  func bytes() -> (read: Int, written: Int)? {
    guard let text = FileContent.text("/proc/\(process)/io", limit: 1024) else { return nil }
    func number(_ name: String) -> Int? {
      guard let mark = text.firstRange(of: name + ": ") else { return nil }
      return Int(text[mark.upperBound...].prefix { $0.isNumber })
    }
    guard let read = number("rchar"), let written = number("wchar") else { return nil }
    return (read, written)
  }
}
