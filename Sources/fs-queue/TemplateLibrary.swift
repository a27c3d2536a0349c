import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageQueue
import FinstageStore
import FinstageSystem

/// Templates by name: files of the user, then those that come with fs-queue.
enum TemplateLibrary {
  /// Where the user's templates are.
  static func folder() throws -> String {
    guard let config = HomeFolder.config.path else {
      throw ToolFailure(.badConfiguration, "cannot tell where templates are (set HOME or FINSTAGE_HOME)")
    }
    return config + "/templates"
  }

  static func path(_ name: String) throws -> String {
    guard (1...100).contains(name.utf8.count), name.first != ".",
      name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) })
    else {
      throw ToolFailure(
        .usage, "\"\(name)\" is not a valid name of a template (use letters, digits, \"-\", \"_\" and \".\")")
    }
    return "\(try folder())/\(name).json"
  }

  /// The text of a template, and its origin.
  static func text(_ name: String) throws -> (text: String, source: String) {
    let path = try path(name)
    if Folder.has(path) {
      for place in [try folder(), path] { try FileTrust.check(place, advice: "a template is a program: keep your own") }
      return (try WholeInput.text(path, limit: 16 << 20), path)
    }
    // daily-report means daily_report.
    let plain = name.replacing("-", with: "_")
    if let known = BuiltInTemplates.all.first(where: { $0.name == plain }) { return (known.text, "finstage") }
    throw ToolFailure(
      .noInput, "there is no template \"\(name)\" (choose from \(try names().map(\.name).joined(separator: ", ")))")
  }

  static func template(_ name: String) throws -> TaskTemplate {
    let (text, source) = try text(name)
    return try parse(text, source == "finstage" ? name : source)
  }

  static func parse(_ text: String, _ source: String) throws -> TaskTemplate {
    do {
      return try TaskTemplate(try WholeInput.json(Array(text.utf8), source: source))
    } catch let failure as TaskDefinition.Failure {
      throw ToolFailure(failure.exitStatus, "\(source): \(failure.sentence)")
    }
  }

  static func names() throws -> [(name: String, isOwn: Bool)] {
    var names: [(String, Bool)] = []
    for file in Folder.names(in: try folder()) where file.hasSuffix(".json") && !file.hasPrefix(".") {
      names.append((String(file.dropLast(5)), true))
    }
    for template in BuiltInTemplates.all where !names.contains(where: { $0.0 == template.name }) {
      names.append((template.name, false))
    }
    return names.sorted { $0.0 < $1.0 }
  }
}
