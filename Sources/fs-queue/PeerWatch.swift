import CPlatform
import FinstageStore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Descriptors that tell at once when another worker of this machine ends, however that happens.
final class PeerWatch {
  private var watched: [(id: String, descriptor: Int32)] = []

  deinit { for peer in watched { close(peer.descriptor) } }

  var descriptors: [Int32] { watched.map(\.descriptor) }

  /// Watches these and no others.
  func watch(_ workers: [WorkerIdentity]) {
    for peer in watched where !workers.contains(where: { $0.id == peer.id }) { close(peer.descriptor) }
    watched.removeAll { peer in !workers.contains { $0.id == peer.id } }
    for worker in workers where !watched.contains(where: { $0.id == worker.id }) {
      // Another process may have got its number.
      guard worker.boot == ProcessTable.boot, ProcessTable.isAlive(worker.pid, start: worker.start), watched.count < 200
      else { continue }
      let descriptor = fs_process_descriptor(worker.pid)
      if descriptor >= 0 { watched.append((worker.id, descriptor)) }
    }
  }

  /// One that has ended need not be watched any longer.
  func forget(_ descriptor: Int32) {
    watched.removeAll { $0.descriptor == descriptor }
    close(descriptor)
  }
}
