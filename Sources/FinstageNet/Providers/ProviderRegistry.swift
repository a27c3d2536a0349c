/// The providers by name.
package struct ProviderRegistry: Sendable {
  package let name: String
  package let summary: String
  package let make: @Sendable (ProviderOptions) throws(FetchFailure) -> any Provider

  package static let all: [ProviderRegistry] = [
    ProviderRegistry(name: "yahoo", summary: "Yahoo Finance's chart service", make: { YahooProvider($0) }),
    ProviderRegistry(
      name: "stooq", summary: "Stooq's daily bars", make: { StooqProvider($0) }),
    ProviderRegistry(
      name: "csv", summary: "any service that answers with CSV",
      make: { (options) throws(FetchFailure) in try CSVProvider(options) }),
    ProviderRegistry(
      name: "json", summary: "any service that answers with JSON",
      make: { (options) throws(FetchFailure) in try JSONProvider(options) }),
    ProviderRegistry(
      name: "file", summary: "CSV files in a folder",
      make: { (options) throws(FetchFailure) in try FileProvider(options) }),
    ProviderRegistry(
      name: "sample", summary: "real bars that come with finstage, no network", make: { _ in SampleProvider() }),
  ]
}
