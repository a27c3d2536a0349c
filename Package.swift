// swift-tools-version: 6.2
import PackageDescription

// Arrows run one way: executables -> FinstageCommand, FinstageNet -> FinstageStore -> FinstageCore -> C libraries.
let package = Package(
  name: "finstage",
  platforms: [.macOS(.v26)],
  products: [
    .executable(name: "fs-fetch", targets: ["fs-fetch"]),
    .executable(name: "fs-frame", targets: ["fs-frame"]),
    .executable(name: "fs-indicators", targets: ["fs-indicators"]),
    .executable(name: "fs-queue", targets: ["fs-queue"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0")
  ],
  targets: [
    // C libraries of the system; their headers are in the default search path (see .ci/deps.sh).
    .systemLibrary(name: "CZlib"),
    .systemLibrary(name: "CCurl"),
    .systemLibrary(name: "CSQLite"),
    .systemLibrary(name: "CPlatform"),

    // Libraries.
    .target(name: "FinstageCore", dependencies: ["CZlib"]),
    .target(name: "FinstageStore", dependencies: ["FinstageCore", "CSQLite", "CZlib"]),
    .target(name: "FinstageNet", dependencies: ["FinstageCore", "FinstageStore", "CCurl"]),
    .target(
      name: "FinstageCommand",
      dependencies: [
        "FinstageCore", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    // Tools.
    // What is imported is named here: the build system rebuilds for nothing else.
    .executableTarget(
      name: "fs-fetch", dependencies: ["FinstageCommand", "FinstageCore", "FinstageStore", "FinstageNet"]),
    .executableTarget(name: "fs-frame", dependencies: ["FinstageCommand", "FinstageCore", "FinstageStore"]),
    .executableTarget(name: "fs-indicators", dependencies: ["FinstageCommand", "FinstageCore"]),
    .executableTarget(
      name: "fs-queue", dependencies: ["FinstageCommand", "FinstageCore", "FinstageStore", "CPlatform"]),

    // Tests and benchmarks.
    .target(name: "TestSupport", path: "Tests/TestSupport"),
    .testTarget(name: "FinstageCoreTests", dependencies: ["FinstageCore", "TestSupport"]),
    .testTarget(name: "FinstageStoreTests", dependencies: ["FinstageStore", "FinstageCore", "TestSupport"]),
    .testTarget(
      name: "FinstageNetTests", dependencies: ["FinstageNet", "FinstageCore", "TestSupport"]),
    .testTarget(
      name: "PipelineTests",
      dependencies: [
        "FinstageCommand", "FinstageCore", "TestSupport", "fs-fetch", "fs-frame", "fs-indicators", "fs-queue",
      ]),
    .executableTarget(
      name: "finstage-bench", dependencies: ["FinstageCore", "FinstageStore", "TestSupport"], path: "Tests/Bench",
      exclude: ["peers", "data", "README.md"]),
  ],
  swiftLanguageModes: [.v6]
)
