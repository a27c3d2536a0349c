import ArgumentParser
import FinstageCore
import FinstageSystem

/// The types of columns in Parquet and Arrow.
package struct ColumnarOptions: ParsableArguments {
  /// What prices are stored as.
  package enum Prices: String, EnumerableFlag {
    case doubles, decimals

    package static func help(for value: Prices) -> ArgumentHelp? {
      switch value {
      case .doubles:
        "Parquet and Arrow: prices are doubles, for arithmetic in pandas and Polars; also prices that came as decimals."
      case .decimals:
        "Parquet and Arrow: prices are exact decimals, where their values allow it (the default for Parquet)."
      }
    }
  }

  @Flag package var prices: Prices?

  @Flag(help: "Parquet and Arrow: dates are timestamps (midnight, without a time zone), as pandas wants its index.")
  package var timestamps = false

  package init() {}

  package func apply(to options: inout FormatOptions) throws {
    try ColumnarOptions.apply(prices, to: &options)
    options.datesAreTimestamps = timestamps
  }

  /// - Parameter prices: what the user chose; nil for what the environment says.
  package static func apply(_ prices: Prices?, to options: inout FormatOptions) throws {
    switch try prices ?? named() {
    case .doubles: options.prices = .doubles
    case .decimals: options.prices = .decimals
    case nil: break
    }
  }

  /// What FS_PARQUET says.
  private static func named() throws -> Prices? {
    guard let name = Environment["FS_PARQUET"], !name.isEmpty else { return nil }
    guard let known = Prices(rawValue: name) else {
      throw ToolFailure(.badConfiguration, "FS_PARQUET=\(name): it must be doubles or decimals")
    }
    return known
  }
}
