import FinstageSystem

/// A reader that can describe its file in addition to reading its rows.
package protocol DescribedFile {
  var details: FileDetails { get }
}

/// How a file stores its columns, in words.
package struct FileDetails: Sendable {
  /// Shown after the numbers of rows and columns.
  package var note = ""
  /// How each column is stored, by name.
  package var columns: [String: String] = [:]

  package init() {}

  /// The bytes of a file; nil if there is none.
  package static func size(of path: String) -> Int? {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : nil
  }
}

extension ParquetReader: DescribedFile {
  package var details: FileDetails {
    var details = FileDetails()
    details.note = ", \(summary.rowGroups) row groups" + (summary.createdBy.map { ", written by \($0)" } ?? "")
    for (key, value) in summary.metadata { details.note += ", \(key) = \(value.prefix(80))" }
    for column in summary.columns {
      details.columns[column.name] = "\(column.bytes) bytes, \(column.encodings), \(column.codec)"
    }
    return details
  }
}
