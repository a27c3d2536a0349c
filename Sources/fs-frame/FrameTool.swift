import ArgumentParser
import FinstageCommand
import FinstageCore
import FinstageSystem

@main
struct FrameTool: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fs-frame",
    abstract: "Convert, shrink, select, sort, resample, join, check, store and plot tables of market data.",
    discussion: """
      Reads NDJSON, CSV, Arrow IPC (streams and files) and Parquet, each optionally gzipped, and detects the format \
      from the first bytes. Writes any of these formats: the one named by --format, by the name after -o, or by the \
      environment variable FS_FORMAT; NDJSON is the default. All commands read files or standard input and take the \
      same options.

      The columns of NDJSON and CSV, and their types, are inferred from the first 10,000 records (see --infer-rows). \
      If a later value does not fit, the error names its line. A field that appears later is added to NDJSON; other \
      formats leave it out with a warning, except for the fields that bars of finstage have rarely (dividends, splits, \
      signals, ...), which have columns from the start. "ts" is a date or an instant; a number in it counts s, \
      ms, us or ns since 1970, depending on its size. Instants are written in UTC. Nested values and fields of several \
      types are kept as JSON text. Missing values are null.

      Prices are written to Parquet as exact decimals if their values allow it, which halves the file. pandas and Polars \
      compute with doubles: --doubles writes those, also from decimals, and --timestamps turns dates into timestamps. Each column gets the packing that makes it smallest, and the file has statistics \
      and page indexes. --cluster symbol sorts each row group by symbol and time, which nearly halves a file in which \
      many symbols alternate. From a Parquet file, a command reads only the columns and row groups that it needs. \
      Reading and writing zstd needs the system's libzstd. Columns of lists, records or untyped bytes are not \
      supported.

      Expressions (filter, compute) can use numbers with units (5k, 2M, 3%, 10bp, 15m), text in quotes, dates without \
      quotes, fields, + - * / %, < <= > >= == !=, and, or, not (also && || !), in (...), is null, and these functions: \
      abs, sqrt, log, exp, pow, sign, floor, ceil, round, min, max, if, coalesce, year, month, day, hour, minute, \
      weekday, lower, upper, contains, starts_with, ends_with. Null is neither true nor false.

      EXAMPLES:
        fs-frame convert bars.csv -o bars.parquet
        fs-frame convert --format arrow < bars.ndjson | python3 -c 'import pyarrow.ipc, sys; print(pyarrow.ipc.open_stream(sys.stdin.buffer).read_all())'
        fs-frame info bars.parquet
        fs-frame optimize --report < bars.ndjson > small.arrow
        fs-frame filter 'close > open && volume >= 1e6' bars.parquet
        fs-frame compute 'range = (high - low) / close' bars.parquet | fs-frame sort -- -range | fs-frame head -n 5
        fs-frame resample 1wk bars.ndjson
        fs-frame join trades.ndjson quotes.ndjson --asof --tolerance 5s
        fs-frame validate bars.ndjson
        fs-frame describe bars.parquet
        fs-frame plot AAPL bars.ndjson --indicator sma_20 --indicator rsi_14 -o chart.svg
        fs-frame plot --term bars.ndjson
        fs-frame save --db prices.db bars.ndjson
        fs-frame load --db prices.db AAPL --from 2020-01-01

      EXIT STATUS:
      0 done; 1 validate has found faults; 64 wrong usage; 65 bad data; 66 no such input; 73 the output cannot be \
      created; 74 reading or writing failed.

      ENVIRONMENT:
      FS_FORMAT: the format to write, unless an option or the name of the output chooses another. FS_PARQUET: doubles \
      or decimals, as the options of these names. FS_METRICS: a file \
      to which the numbers of --stats are appended as metric records. TMPDIR: the folder where sort keeps what exceeds \
      --memory. NO_COLOR: no colours in messages.
      """,
    version: finstageVersion,
    subcommands: [
      Convert.self, Info.self, Optimize.self, Head.self, Tail.self, Sample.self, Select.self, Drop.self, Rename.self,
      Cast.self, Fill.self, Filter.self, Compute.self, Sort.self, Dedup.self, Merge.self, Join.self,
      Resample.self, Validate.self, Describe.self, Plot.self,
      Save.self, Load.self, Database.self,
    ])

  static func main() { startCommands() }
}
