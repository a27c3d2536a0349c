import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageMetrics
import FinstageSystem

/// `fs-metrics score`: one figure, and how it comes about.
struct Score: Tool {
  static let configuration = CommandConfiguration(
    commandName: "score",
    abstract: "Say how the system does, as a status and a score.",
    discussion: """
      The score is the mean of up to five parts of 0 to 100 points each: memory_percent (40 and less is 100, 95 is 0), cpu_percent (30, 90), the time of a run (200 ms, 5000 ms, by logarithms), \
      failures (0 %, 20 %) and hits of the cache (90 %, 30 %). What has no readings is left out. A is 90 and more, B 80, C 70, D 60.

      The status is critical above memory 95, cpu 90, 5000 ms or 20 % failures; poor above memory 80, cpu 70, 1000 ms, 5 % failures or below 80 % hits; fair above 60, 50, 500 ms or below 70 % hits; excellent if nothing is above 40, 30, 200 ms or below 90 %.
      """)
  @OptionGroup var time: SpanOptions
  @OptionGroup var store: MetricsStoreOption

  mutating func execute() throws -> ExitStatus {
    let health = Health(try Health.Readings(try store.existing(), in: time.span))
    guard let score = health.score, let status = health.status else {
      throw ToolFailure(.noInput, "there are no readings to judge by in this time (fs-metrics collect brings some)")
    }
    try write(
      JSONValue.object([
        ("type", "score"), ("score", .rounded(score, 1)), ("grade", .string(Health.grade(score))),
        ("status", .string(status.rawValue)),
        (
          "parts",
          .object(
            health.parts.map {
              ($0.name, ["value": .rounded($0.value, 2), "points": .rounded($0.points, 1)] as JSONValue)
            })
        ),
      ]).text)
    return .done
  }
}
