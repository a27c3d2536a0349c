import CCurl
import FinstageCore

/// Runs many transfers at once on one thread, over persistent connections (libcurl's multi interface).
final class TransferLoop {
  private let multi: UnsafeMutableRawPointer
  private var active: [UnsafeMutableRawPointer: (transfer: Transfer, tag: Int)] = [:]
  private var idle: [Transfer] = []
  /// Requests that are not sent.
  private var refused: [(tag: Int, failure: FetchFailure)] = []

  private let secrets: Secrets

  init(concurrency: Int, secrets: Secrets = Secrets()) {
    self.secrets = secrets
    // Only the first call in a process initialises libcurl; later calls just increase a counter.
    fs_curl_global_init(Int(CURL_GLOBAL_DEFAULT))
    multi = fs_curl_multi_init()!
    _ = fs_curl_multi_set_long(multi, CURLMOPT_MAX_HOST_CONNECTIONS, concurrency)
    _ = fs_curl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, max(concurrency, 4))
  }

  deinit {
    for handle in active.keys { fs_curl_multi_remove_handle(multi, handle) }
    active.removeAll()
    fs_curl_multi_cleanup(multi)
  }

  var count: Int { active.count + refused.count }

  /// Begins a request; `tag` comes back with its answer.
  func start(_ request: HTTPRequest, etag: String?, lastModified: String?, _ timeouts: Timeouts, tag: Int) {
    if request.hasSecret, !URLText.isEncrypted(request.url), !URLText.isLoopback(request.url) {
      let failure = FetchFailure(
        .symbol, "\(request.host): a key is sent over https only (or to this machine): change the address")
      refused.append((tag, failure))
      return
    }
    let transfer = idle.popLast() ?? Transfer(secrets)
    transfer.prepare(request, etag: etag, lastModified: lastModified, timeouts)
    active[transfer.handle] = (transfer, tag)
    fs_curl_multi_add_handle(multi, transfer.handle)
  }

  /// Advances all transfers, and passes each completed one to `done`.
  func perform(_ done: (_ tag: Int, Result<HTTPAnswer, FetchFailure>) -> Void) {
    let failures = refused
    refused = []
    for (tag, failure) in failures { done(tag, .failure(failure)) }
    var running: Int32 = 0
    fs_curl_multi_perform(multi, &running)
    var left: Int32 = 0
    while let message = fs_curl_multi_info_read(multi, &left) {
      guard message.pointee.msg == CURLMSG_DONE, let handle = message.pointee.easy_handle,
        let (transfer, tag) = active.removeValue(forKey: handle)
      else { continue }
      let code = fs_curl_result(message)
      fs_curl_multi_remove_handle(multi, handle)
      if code == CURLE_OK, transfer.followsItself() {
        active[handle] = (transfer, tag)
        fs_curl_multi_add_handle(multi, handle)
        continue
      }
      let result: Result<HTTPAnswer, FetchFailure>
      do throws(FetchFailure) { result = .success(try transfer.answer(code)) } catch { result = .failure(error) }
      idle.append(transfer)
      done(tag, result)
    }
  }

  /// Waits until something happens, or this many seconds (at most 60) have passed.
  /// - Parameter descriptor: one more to be read from that ends the wait; -1 for none.
  func wait(seconds: Double, besides descriptor: Int32 = -1) {
    var other = curl_waitfd(fd: descriptor, events: Int16(CURL_WAIT_POLLIN), revents: 0)
    fs_curl_multi_poll(
      multi, &other, descriptor >= 0 ? 1 : 0, refused.isEmpty ? Int32(max(0, min(seconds, 60) * 1000)) : 0, nil)
  }
}
