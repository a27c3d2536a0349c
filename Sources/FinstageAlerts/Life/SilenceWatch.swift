/// When each series was heard last, the ones that have been silent longest first.
final class SilenceWatch {
  var clock = Int64.min
  private(set) var last: [Int: Int64] = [:]
  private var queue: [(time: Int64, series: Int)] = []
  private var head = 0

  var oldest: (time: Int64, series: Int)? { head < queue.count ? queue[head] : nil }

  func removeOldest() {
    head += 1
    if head > 4096, head * 2 > queue.count {
      queue.removeFirst(head)
      head = 0
    }
  }

  func note(_ series: Int, _ time: Int64) {
    last[series] = time
    queue.append((time, series))
  }
}
