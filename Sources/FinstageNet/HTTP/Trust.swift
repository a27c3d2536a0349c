import FinstageCore
import FinstageSystem

/// Whose certificates are believed: those of the system, or of the files that the environment names, as for curl and OpenSSL.
enum Trust {
  /// A file of certificates, in PEM.
  static let file = Environment["CURL_CA_BUNDLE"] ?? Environment["SSL_CERT_FILE"]
  /// A folder of such files, named by their hashes.
  static let folder = Environment["SSL_CERT_DIR"]

  /// What is wrong with a certificate, and what to do.
  /// - Parameter reason: the words of the TLS library, which differ from one to the next.
  static func explanation(_ reason: String) -> String {
    let words = reason.lowercased()
    func has(_ part: String) -> Bool { words.contains(part) }
    if has("expired") {
      return "its certificate has expired (if the clock of this machine is right, try again later)"
    }
    if has("not yet valid") { return "its certificate is not valid yet (is the clock of this machine right?)" }
    if has("subject name") || has("host name") || has("hostname") || has("ip address") {
      return "its certificate is for another host (is there a login page between, or a wrong address?)"
    }
    if has("self-signed") || has("self signed") || has("issuer") || has("unknown ca") {
      return "its certificate is signed by nobody who is trusted here (SSL_CERT_FILE names whom to trust instead)"
    }
    return "its certificate cannot be verified" + (reason.isEmpty ? "" : ": \(reason)")
  }
}
