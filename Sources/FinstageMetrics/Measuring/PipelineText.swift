import FinstageSystem

/// A pipeline as the shell reads it.
package enum PipelineText {
  /// What the shell is given for a stage. A stage that is one program becomes that program, without a shell that waits for it.
  static func script(_ stage: String) -> String {
    let word = stage.prefix { !$0.isWhitespace }
    guard !stage.contains(where: { ";&(){}\n`".contains($0) }), !stage.hasPrefix("exec "),
      word.utf8.allSatisfy({ $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A || $0 >= 0x2B && $0 <= 0x39 || $0 == 0x5F }),
      isProgram(String(word))
    else { return stage }
    return "exec " + stage
  }

  private static func isProgram(_ name: String) -> Bool {
    if name.contains("/") { return access(name, X_OK) == 0 }
    return (Environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":").contains {
      access("\($0)/\(name)", X_OK) == 0
    }
  }

  /// The stages: the text split at the bars that are not quoted, in brackets, or part of `||`, `|&` or `>|`. Nil if there is a part that only
  /// the shell as a whole can run: several commands (`;`, `&&`, `||`, `&`, a line feed), or a stage that is empty.
  package static func stages(_ text: String) -> [String]? {
    let characters = Array(text)
    // Loops and conditions are one command each.
    var blocks = 0
    func isKeyword(_ word: String, at place: Int) -> Bool {
      let end = place + word.count
      guard end <= characters.count, String(characters[place..<end]) == word else { return false }
      let isStart = place == 0 || characters[place - 1].isWhitespace || ";|&({".contains(characters[place - 1])
      let isEnd = end == characters.count || characters[end].isWhitespace || ";|&)<>".contains(characters[end])
      return isStart && isEnd
    }
    var stages: [String] = []
    var stage = ""
    var depth = 0
    var quote: Character?
    var i = 0
    while i < characters.count {
      let character = characters[i]
      let next = i + 1 < characters.count ? characters[i + 1] : " "
      let isCommand = stage.allSatisfy(\.isWhitespace)
      if quote == nil, depth == 0, character == "#", stage.last?.isWhitespace ?? true {
        // A comment ends with its line.
        while i < characters.count, characters[i] != "\n" { i += 1 }
        continue
      }
      if quote == nil, depth == 0 {
        if blocks > 0 || isCommand, ["for", "while", "until", "if", "case"].contains(where: { isKeyword($0, at: i) }) {
          blocks += 1
        } else if blocks > 0, ["done", "fi", "esac"].contains(where: { isKeyword($0, at: i) }) {
          blocks -= 1
        }
      }
      if let open = quote {
        stage.append(character)
        if character == "\\", open != "'" {
          stage.append(next)
          i += 1
        } else if character == open {
          quote = nil
        }
      } else if character == "\\" {
        stage.append(character)
        stage.append(next)
        i += 1
      } else if "'\"`".contains(character) {
        quote = character
        stage.append(character)
      } else if "({".contains(character) {
        depth += 1
        stage.append(character)
      } else if ")}".contains(character), blocks == 0 || depth > 0 {
        // A pattern of case ends with a bracket that nothing has opened.
        depth -= 1
        stage.append(character)
      } else if depth > 0 || blocks > 0 {
        stage.append(character)
      } else if character == "|" {
        if next == "|" || next == "&" { return nil }
        if stage.last == ">" {
          stage.append(character)
        } else {
          stages.append(stage)
          stage = ""
        }
      } else if character == ";" || character == "\n" {
        // A trailing one does no harm.
        guard characters[i...].allSatisfy({ $0 == ";" || $0.isWhitespace }) else { return nil }
        break
      } else if character == "&" {
        guard stage.last == ">" || stage.last == "<" || next == ">" else { return nil }
        stage.append(character)
      } else {
        stage.append(character)
      }
      i += 1
    }
    guard quote == nil, depth == 0, blocks == 0, !text.contains("<<") else { return nil }
    stages.append(stage)
    let trimmed = stages.map { text in
      String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
    return trimmed.allSatisfy { !$0.isEmpty } ? trimmed : nil
  }
}
