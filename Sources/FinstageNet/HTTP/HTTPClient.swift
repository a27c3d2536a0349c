import CCurl
import FinstageCore
import FinstageSystem

/// Sends one request at a time and waits for its answer. Used by one thread.
package final class HTTPClient {
  private var loop = TransferLoop(concurrency: 1)

  package init() {}

  /// - Parameter isOver: says that nobody waits for the answer any more; looked at several times a second.
  /// - Throws: `FetchFailure`, if there is no answer; any status is an answer.
  package func send(
    _ request: HTTPRequest, _ timeouts: Timeouts, isOver: () -> Bool = { false }
  ) throws(FetchFailure) -> HTTPAnswer {
    var answer: Result<HTTPAnswer, FetchFailure>?
    loop.start(request, etag: nil, lastModified: nil, timeouts, tag: 0)
    while answer == nil {
      loop.perform { _, result in answer = result }
      guard answer == nil else { break }
      if isOver() {
        // What is under way goes with its loop.
        loop = TransferLoop(concurrency: 1)
        throw FetchFailure(.tryLater, "\(request.host): stopped before it answered")
      }
      loop.wait(seconds: 0.2)
    }
    return try answer!.get()
  }
}
