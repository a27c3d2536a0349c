import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageMetrics
import FinstageSystem

/// `fs-metrics export`: readings for other programs.
struct Export: Tool {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write readings as records, as a table in a file, or the last ones for Prometheus.",
    discussion: """
      Readings are there for a day; before that, the mean of each minute or hour stands for its readings.

      EXAMPLES:
        fs-metrics export --last 7d -o metrics.parquet
        fs-metrics export --prometheus > /var/lib/node_exporter/finstage.prom
      """)
  @OptionGroup var window: WindowOptions
  @Flag(help: "Write the last reading of each series as Prometheus takes it (text format 0.0.4).") var prometheus =
    false
  @OptionGroup var store: MetricsStoreOption
  @OptionGroup var output: OutputOption

  mutating func execute() throws -> ExitStatus {
    let store = try self.store.existing()
    let span = window.span
    if prometheus {
      let sink = try ByteSink(path: output.output)
      for line in try Exposition.lines(store, window.selection, in: span) { try sink.write(line + "\n") }
      try sink.finish()
      return .done
    }
    let printer = try RecordPrinter(
      try ByteSink(path: output.output), try FormatName.chosen(nil, output: output.output), schema: MetricRecord.schema)
    let chosen = try store.series(window.selection)
    if chosen.isEmpty, let metric = window.metric {
      throw ToolFailure(.noInput, "there is no metric \"\(metric)\" (fs-metrics report shows all)")
    }
    for (id, series) in chosen {
      let readings = try store.timeline(id, in: span)
      for i in readings.times.indices {
        var point = MetricPoint(name: series.name, time: readings.times[i], value: readings.values[i])
        point.series = series
        try printer.print(MetricRecord.json(point))
      }
    }
    try printer.finish()
    return .done
  }
}
