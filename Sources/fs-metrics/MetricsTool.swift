import ArgumentParser
import FinstageCommand

@main
struct MetricsTool: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fs-metrics",
    abstract: "Measure, compare and warn: did it get better?",
    discussion: """
      EXAMPLES:
        fs-metrics run 'fs-fetch AAPL | fs-indicators --sma 20' > bars.ndjson      # what each stage costs, and which one the others wait for
        fs-metrics ab run --a 'CMD1' --b 'CMD2' --margin 2%                        # is B faster? An answer that holds whenever it is looked at
        fs-metrics collect --every 60s &                                          # readings of the machine
        export FS_METRICS=metrics.ndjson; ...; fs-metrics ingest metrics.ndjson    # what the tools say of their runs
        fs-metrics report --last 24h; fs-metrics watch; fs-metrics trend run_seconds
        fs-metrics baseline save nightly --last 7d; fs-metrics compare nightly --last 1d --fail-over 10%
        fs-metrics score; fs-metrics recommend; fs-metrics forecast memory_percent --threshold 90
        fs-metrics rules enable memory_optimization_basic; fs-metrics guard &      # switches what the tools read, and takes back what does harm
        fs-metrics memory watch --threshold 500MB -- COMMAND
        fs-metrics serve --port 8080                                              # a page, /metrics for Prometheus, and the same as JSON
        fs-metrics export --prometheus; fs-metrics export --last 7d -o metrics.parquet

      EXIT STATUS:
      0 done, or better, or the same; 1 worse; 64 wrong usage; 65 bad data; 66 there is no such thing; 75 undecided: more readings or runs are needed.

      ENVIRONMENT:
      The metrics are in $XDG_DATA_HOME/finstage/metrics.db (or, with FINSTAGE_HOME, data/metrics.db in it). Readings are kept a day, minutes 31 days, and hours a year.
      """,
    version: finstageVersion,
    subcommands: [
      RunPipeline.self, AB.self, Collect.self, Ingest.self, Report.self, TrendCommand.self, BaselineCommand.self,
      Compare.self,
      Score.self, Recommend.self, Watch.self, Export.self, ServeCommand.self, RulesCommand.self, Guard.self, Tune.self,
      Memory.self, CacheCommand.self, ForecastCommand.self,
    ])

  static func main() { startCommands() }
}
