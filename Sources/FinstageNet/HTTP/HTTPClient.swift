import CCurl
import FinstageCore
import FinstageSystem

/// Sends one request at a time and waits for its answer. Used by one thread.
package final class HTTPClient {
  private let loop = TransferLoop(concurrency: 1)

  package init() {}

  /// - Throws: `FetchFailure`, if there is no answer; any status is an answer.
  package func send(_ request: HTTPRequest, _ timeouts: Timeouts) throws(FetchFailure) -> HTTPAnswer {
    var answer: Result<HTTPAnswer, FetchFailure>?
    loop.start(request, etag: nil, lastModified: nil, timeouts, tag: 0)
    while answer == nil {
      loop.perform { _, result in answer = result }
      if answer == nil { loop.wait(seconds: 1) }
    }
    return try answer!.get()
  }
}
