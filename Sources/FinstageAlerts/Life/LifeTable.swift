/// The lives of one rule, by series.
final class LifeTable {
  private(set) var capacity = 0
  private(set) var lives: UnsafeMutablePointer<AlertLife>?
  private var attentions: UnsafeMutablePointer<UInt8>?

  var attention: UnsafeMutablePointer<UInt8> { attentions! }

  deinit {
    lives?.deallocate()
    attentions?.deallocate()
  }

  @inline(never)
  func grow(_ series: Int) {
    let wanted = max(series + 1, capacity * 2, 16)
    let grown = UnsafeMutablePointer<AlertLife>.allocate(capacity: wanted)
    let codes = UnsafeMutablePointer<UInt8>.allocate(capacity: wanted)
    if let lives, let attentions {
      grown.update(from: lives, count: capacity)
      codes.update(from: attentions, count: capacity)
      lives.deallocate()
      attentions.deallocate()
    }
    (grown + capacity).initialize(repeating: AlertLife(), count: wanted - capacity)
    (codes + capacity).initialize(repeating: 0, count: wanted - capacity)
    lives = grown
    attentions = codes
    capacity = wanted
  }
}
