import CCurl
import FinstageSystem

/// Sends mails by SMTP (RFC 5321).
package enum MailTransfer {
  /// Where mails are handed in.
  package struct Server: Sendable {
    /// `smtp://host:587` or `smtps://host`.
    package var url: String
    package var user: String?
    package var password: String?

    package init(url: String, user: String? = nil, password: String? = nil) {
      self.url = url
      self.user = user
      self.password = password
    }

    var isLoopback: Bool { URLText.isLoopback(url) }
  }

  /// Why a mail was not taken.
  package struct Failure: ExitError {
    package var exitStatus: ExitStatus { .unavailable }
    package let sentence: String
    /// The server's last reply; 0 if there was none.
    package let status: Int
    /// Whether it may be taken later (RFC 5321, section 4.2.1).
    package var isPassing: Bool { status < 500 }
  }

  private final class Text {
    let bytes: [UInt8]
    var at = 0
    let isOver: () -> Bool
    init(_ bytes: [UInt8], _ isOver: @escaping () -> Bool) {
      self.bytes = bytes
      self.isOver = isOver
    }
  }

  /// Hands a mail in. TLS is required, except for a server on this machine.
  /// - Parameters:
  ///   - message: headers and body, lines ended by CR LF.
  ///   - isOver: says that nobody waits for it any more; looked at about once a second.
  package static func send(
    _ message: [UInt8], from: String, to: String, _ server: Server, isOver: () -> Bool = { false }
  ) throws(Failure) {
    let failure = withoutActuallyEscaping(isOver) { isOver -> Failure? in
      do throws(Failure) {
        try send(Text(message, isOver), from: from, to: to, server)
        return nil
      } catch { return error }
    }
    if let failure { throw failure }
  }

  private static func send(_ text: Text, from: String, to: String, _ server: Server) throws(Failure) {
    fs_curl_global_init(Int(CURL_GLOBAL_DEFAULT))
    let handle = fs_curl_easy_init()!
    defer { fs_curl_easy_cleanup(handle) }
    let recipients = fs_curl_slist_append(nil, "<\(to)>")
    defer { fs_curl_slist_free_all(recipients) }
    let errors = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
    errors[0] = 0
    defer { errors.deallocate() }
    _ = fs_curl_set_string(handle, CURLOPT_URL, server.url)
    _ = fs_curl_set_string(handle, CURLOPT_PROTOCOLS_STR, "smtp,smtps")
    _ = fs_curl_set_pointer(handle, CURLOPT_ERRORBUFFER, errors)
    _ = fs_curl_set_long(
      handle, CURLOPT_USE_SSL, server.isLoopback ? Int(CURLUSESSL_TRY.rawValue) : Int(CURLUSESSL_ALL.rawValue))
    if let file = Trust.file { _ = fs_curl_set_string(handle, CURLOPT_CAINFO, file) }
    if let folder = Trust.folder { _ = fs_curl_set_string(handle, CURLOPT_CAPATH, folder) }
    if let user = server.user { _ = fs_curl_set_string(handle, CURLOPT_USERNAME, user) }
    if let password = server.password { _ = fs_curl_set_string(handle, CURLOPT_PASSWORD, password) }
    _ = fs_curl_set_string(handle, CURLOPT_MAIL_FROM, "<\(from)>")
    _ = fs_curl_set_pointer(handle, CURLOPT_MAIL_RCPT, recipients)
    _ = fs_curl_set_long(handle, CURLOPT_NOSIGNAL, 1)
    _ = fs_curl_set_long(handle, CURLOPT_CONNECTTIMEOUT_MS, 5000)
    _ = fs_curl_set_long(handle, CURLOPT_TIMEOUT_MS, 30_000)
    _ = fs_curl_set_long(handle, CURLOPT_UPLOAD, 1)
    _ = fs_curl_set_receiver(
      handle, CURLOPT_READFUNCTION,
      { target, size, count, context in
        let text = Unmanaged<Text>.fromOpaque(context!).takeUnretainedValue()
        let part = min(size * count, text.bytes.count - text.at)
        text.bytes.withUnsafeBytes {
          target!.update(from: $0.baseAddress!.assumingMemoryBound(to: CChar.self) + text.at, count: part)
        }
        text.at += part
        return part
      })
    _ = fs_curl_set_pointer(handle, CURLOPT_READDATA, Unmanaged.passUnretained(text).toOpaque())
    _ = fs_curl_set_long(handle, CURLOPT_NOPROGRESS, 0)
    _ = fs_curl_set_progress(handle) { context, _, _, _, _ in
      Unmanaged<Text>.fromOpaque(context!).takeUnretainedValue().isOver() ? 1 : 0
    }
    _ = fs_curl_set_pointer(handle, CURLOPT_XFERINFODATA, Unmanaged.passUnretained(text).toOpaque())
    // The server's answers are not of interest beyond their numbers.
    let code = fs_curl_easy_perform(handle)
    guard code != CURLE_OK else { return }
    var status = 0
    _ = fs_curl_get_long(handle, CURLINFO_RESPONSE_CODE, &status)
    let host = URLText.host(of: server.url)
    let words = String(cString: errors)
    let reason =
      code == CURLE_ABORTED_BY_CALLBACK
      ? "stopped before it answered"
      : code == CURLE_USE_SSL_FAILED
        ? "it offers no TLS" : words.isEmpty ? String(cString: fs_curl_easy_strerror(code)) : words
    // What cannot be mended by waiting: no TLS, a login that is refused.
    let isFinal = code == CURLE_USE_SSL_FAILED || code == CURLE_PEER_FAILED_VERIFICATION
    throw Failure(
      sentence: "\(host): \(reason)",
      status: isFinal ? 554 : status >= 400 ? status : code == CURLE_LOGIN_DENIED ? 535 : 0)
  }
}
