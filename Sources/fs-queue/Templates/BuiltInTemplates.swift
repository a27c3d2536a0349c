/// The templates that come with fs-queue: a file each, and a line here.
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

/// A template with a script of the shell, which stands below its head as one would write it.
func shellTemplate(_ head: String, _ script: String) -> String {
  // The lines of the script become a JSON text; the head is an object without its last brace.
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
