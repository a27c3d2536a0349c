import FinstageCore

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
/// - Parameter head: a JSON object without its closing brace.
func shellTemplate(_ head: String, _ script: String) -> String {
  "\(head),\n \"shell\": \(JSONValue.string(script).text)}\n"
}
