/// The templates that come with fs-queue; each has a file of its own and a line here.
enum BuiltInTemplates {
  static let all: [(name: String, text: String)] = [
    ("process_dataset", processDataset),
    ("generate_report", generateReport),
    ("send_notifications", sendNotifications),
    ("cleanup_data", cleanupData),
    ("market_analysis", marketAnalysis),
    ("daily_report", dailyReport),
    ("historical_collection", historicalCollection),
    ("technical_batch", technicalBatch),
  ]
}

/// A template with a shell script, which is written below its head without escapes.
func shellTemplate(_ head: String, _ script: String) -> String {
  // The script becomes a JSON string; the head is a JSON object without its closing brace.
  var text = ""
  for character in script.unicodeScalars {
    switch character {
    case "\"": text += "\\\""
    case "\\": text += "\\\\"
    case "\n": text += "\\n"
    case "\t": text += "\\t"
    default: text.unicodeScalars.append(character)
    }
  }
  return "\(head),\n \"shell\": \"\(text)\"}\n"
}
