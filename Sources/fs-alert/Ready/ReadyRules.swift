/// Rules that come with fs-alert; each set has a file of its own and a line here.
enum ReadyRules {
  static let all: [(name: String, text: String)] = [
    ("prices", priceRules),
    ("technical", technicalRules),
    ("metrics", metricRules),
  ]
}
