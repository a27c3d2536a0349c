import FinstageSystem

/// A kernel and where its results go.
struct KernelEntry {
  let kernel: SeriesKernel
  let inputs: Inputs
  let outputs: Range<Int>
  /// The result columns that the kernel reads.
  var x = -1
  var y = -1
  /// The states before the last bar of each series.
  let before: SeriesStore?

  package init(
    _ kernel: SeriesKernel, _ inputs: Inputs, _ outputs: Range<Int>, x: Int = -1, y: Int = -1, revises: Bool
  ) {
    self.kernel = kernel
    self.inputs = inputs
    self.outputs = outputs
    self.x = x
    self.y = y
    before = revises ? SeriesStore(like: kernel.store) : nil
  }

  /// The records that make up a series' state.
  var stores: [SeriesStore] { before.map { [kernel.store, $0] } ?? [kernel.store] }
}
