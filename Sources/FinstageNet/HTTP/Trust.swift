import FinstageCore
import FinstageSystem

/// Which certificates are trusted: those of the system, or those in files that the environment names, as in curl and
/// OpenSSL.
enum Trust {
  /// A file of certificates, in PEM.
  static let file = Environment["CURL_CA_BUNDLE"] ?? Environment["SSL_CERT_FILE"]
  /// A folder of such files, named by their hashes.
  static let folder = Environment["SSL_CERT_DIR"]

  /// What is wrong with a certificate, and what to do.
  /// - Parameter reason: the message of the TLS library; each library words it differently.
  static func explanation(_ reason: String) -> String {
    let words = reason.lowercased()
    func has(_ part: String) -> Bool { words.contains(part) }
    if has("expired") {
      return "its certificate has expired (if the clock of this machine is right, try again later)"
    }
    if has("not yet valid") { return "its certificate is not valid yet (is the clock of this machine right?)" }
    if has("subject name") || has("host name") || has("hostname") || has("ip address") {
      return "its certificate is for another host (is a login page in the way, or is the address wrong?)"
    }
    if has("self-signed") || has("self signed") || has("issuer") || has("unknown ca") {
      return "its certificate is not signed by a trusted authority (set SSL_CERT_FILE to trust another one)"
    }
    return "its certificate cannot be verified" + (reason.isEmpty ? "" : ": \(reason)")
  }
}
