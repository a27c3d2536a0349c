// swift-tools-version: 6.2
import PackageDescription

// Arrows run one way, from the last line to the first: see the map in README.md.
// For command lines, which run once: a tenth less of what would be three quarters of an executable.
let small: [SwiftSetting] = [.unsafeFlags(["-Osize"], .when(configuration: .release))]

let package = Package(
  name: "finstage",
  platforms: [.macOS(.v26)],
  products: [
    .executable(name: "fs-fetch", targets: ["fs-fetch"]),
    .executable(name: "fs-frame", targets: ["fs-frame"]),
    .executable(name: "fs-indicators", targets: ["fs-indicators"]),
    .executable(name: "fs-queue", targets: ["fs-queue"]),
    .executable(name: "fs-alert", targets: ["fs-alert"]),
    .executable(name: "fs-stream", targets: ["fs-stream"]),
    .executable(name: "fs-metrics", targets: ["fs-metrics"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2")
  ],
  targets: [
    // C libraries of the system; their headers are in the default search path (see .ci/deps.sh).
    .systemLibrary(name: "CZlib"),
    .systemLibrary(name: "CCurl"),
    .systemLibrary(name: "CSQLite"),
    .systemLibrary(name: "CPlatform"),
    // A header of ours.
    .systemLibrary(name: "CScan"),

    // The core library, in modules.
    .target(name: "FinstageSystem", dependencies: ["CPlatform"]),
    .target(name: "FinstageCore", dependencies: ["FinstageSystem", "CZlib", "CScan"]),
    .target(name: "FinstageIndicators", dependencies: ["FinstageSystem", "FinstageCore", "CZlib"]),
    .target(
      name: "FinstageExpressions", dependencies: ["FinstageSystem", "FinstageCore", "FinstageIndicators"]),
    .target(name: "FinstageStore", dependencies: ["FinstageSystem", "FinstageCore", "CSQLite", "CZlib"]),
    .target(
      name: "FinstageProcess", dependencies: ["FinstageSystem", "FinstageCore", "CPlatform"], swiftSettings: small),
    // What a team's servers are spoken to with: nothing of it is loaded, and no connection made, where no address names one.
    .target(name: "FinstagePostgres", dependencies: ["FinstageSystem"], swiftSettings: small),
    .target(name: "FinstageWire", dependencies: ["FinstageSystem", "CPlatform", "CCurl"]),
    .target(name: "FinstageRedis", dependencies: ["FinstageSystem", "FinstageWire", "FinstageStore", "CZlib"]),
    .target(
      name: "FinstageQueue",
      dependencies: [
        "FinstageSystem", "FinstageCore", "FinstageExpressions", "FinstageStore", "FinstageProcess", "FinstagePostgres",
        "CPlatform",
      ], swiftSettings: small),
    .target(
      name: "FinstageAlerts",
      dependencies: [
        "FinstageSystem", "FinstageCore", "FinstageExpressions", "FinstageStore", "FinstageProcess", "FinstageNet",
        "CCurl",
      ]),
    .target(
      name: "FinstageNet", dependencies: ["FinstageSystem", "FinstageCore", "FinstageStore", "FinstageRedis", "CCurl"]),

    // A server of HTTP and WebSocket, and what fs-stream sends with it.
    .target(
      name: "FinstageServe",
      dependencies: ["FinstageSystem", "FinstageCore", "FinstageProcess", "FinstageWire", "CPlatform", "CZlib"]),

    .target(
      name: "FinstageStream",
      dependencies: [
        "FinstageSystem", "FinstageCore", "FinstageServe", "FinstageProcess", "FinstageRedis", "CPlatform",
      ]),

    .target(
      name: "FinstageMetrics",
      dependencies: ["FinstageSystem", "FinstageCore", "FinstageStore", "FinstageProcess", "CPlatform"]),

    // What all tools share on the command line.
    .target(
      name: "FinstageCommand",
      dependencies: [
        "FinstageSystem", "FinstageCore",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: small),
    .target(
      name: "FinstageFetch",
      dependencies: ["FinstageSystem", "FinstageCore", "FinstageStore", "FinstageNet", "FinstageCommand"]),

    // Tools.
    // What is imported is named here: the build system rebuilds for nothing else.
    .executableTarget(
      name: "fs-fetch",
      dependencies: [
        "FinstageCommand", "FinstageSystem", "FinstageCore", "FinstageStore", "FinstageNet", "FinstageFetch",
        "FinstageRedis",
      ]),
    .executableTarget(
      name: "fs-frame",
      dependencies: [
        "FinstageCommand", "FinstageSystem", "FinstageCore", "FinstageExpressions", "FinstageIndicators",
        "FinstageStore",
      ]),
    .executableTarget(
      name: "fs-indicators",
      dependencies: ["FinstageCommand", "FinstageSystem", "FinstageCore", "FinstageIndicators"]),
    .executableTarget(
      name: "fs-queue",
      dependencies: [
        "FinstageCommand", "FinstageSystem", "FinstageCore", "FinstageExpressions", "FinstageStore", "FinstageProcess",
        "FinstagePostgres", "FinstageQueue",
      ], swiftSettings: small),

    .executableTarget(
      name: "fs-alert",
      dependencies: [
        "FinstageCommand", "FinstageSystem", "FinstageCore", "FinstageExpressions", "FinstageStore", "FinstageAlerts",
      ]),

    .executableTarget(
      name: "fs-stream",
      dependencies: [
        "FinstageCommand", "FinstageSystem", "FinstageCore", "FinstageProcess", "FinstageServe", "FinstageStream",
        "FinstageRedis",
      ]),

    .executableTarget(
      name: "fs-metrics",
      dependencies: [
        "FinstageCommand", "FinstageSystem", "FinstageCore", "FinstageStore", "FinstageProcess", "FinstageServe",
        "FinstageMetrics",
      ]),

    // Tests and benchmarks.
    .target(
      name: "CTerminal", path: "Tests/CTerminal", linkerSettings: [.linkedLibrary("util", .when(platforms: [.linux]))]),
    .target(name: "TestSupport", dependencies: ["CTerminal"], path: "Tests/TestSupport"),
    .testTarget(
      name: "FinstageSystemTests", dependencies: ["FinstageProcess", "FinstageSystem", "TestSupport"]),
    .testTarget(name: "FinstageCoreTests", dependencies: ["FinstageCore", "FinstageSystem", "TestSupport"]),
    .testTarget(
      name: "FinstageIndicatorsTests",
      dependencies: ["FinstageIndicators", "FinstageCore", "FinstageSystem", "TestSupport"]),
    .testTarget(
      name: "FinstageExpressionsTests",
      dependencies: ["FinstageExpressions", "FinstageCore", "FinstageSystem", "TestSupport"]),
    .testTarget(
      name: "FinstageStoreTests", dependencies: ["FinstageStore", "FinstageCore", "FinstageSystem", "TestSupport"]),
    .testTarget(
      name: "FinstageRedisTests", dependencies: ["FinstageRedis", "FinstageStore", "FinstageSystem", "TestSupport"]),
    .testTarget(
      name: "FinstageQueueTests",
      dependencies: [
        "FinstagePostgres",
        "FinstageQueue", "FinstageProcess", "FinstageStore", "FinstageExpressions", "FinstageCore", "FinstageSystem",
        "TestSupport",
      ]),
    .testTarget(
      name: "FinstageNetTests",
      dependencies: ["FinstageNet", "FinstageStore", "FinstageCore", "FinstageSystem", "TestSupport"]),
    .testTarget(
      name: "FinstageAlertsTests",
      dependencies: ["FinstageAlerts", "FinstageExpressions", "FinstageCore", "FinstageSystem", "TestSupport"]),
    .testTarget(
      name: "PipelineTests",
      dependencies: [
        "FinstagePostgres", "FinstageRedis",
        "FinstageCommand", "FinstageSystem", "FinstageCore", "FinstageIndicators", "FinstageServe", "TestSupport",
        "fs-fetch",
        "fs-frame",
        "fs-indicators", "fs-queue", "fs-alert", "fs-stream", "fs-metrics",
      ]),
    .testTarget(
      name: "FinstageMetricsTests",
      dependencies: ["FinstageMetrics", "FinstageStore", "FinstageCore", "FinstageSystem", "TestSupport"]),
    .testTarget(
      name: "FinstageServeTests",
      dependencies: ["FinstageServe", "FinstageStream", "FinstageCore", "FinstageSystem", "TestSupport"]),
    .executableTarget(
      name: "ws-echo", dependencies: ["FinstageServe", "FinstageCore", "FinstageProcess", "FinstageSystem"],
      path: "Tests/WebSocketEcho"),
    .executableTarget(
      name: "finstage-bench",
      dependencies: [
        "FinstageSystem", "FinstageCore", "FinstageExpressions", "FinstageIndicators", "FinstageStore", "FinstageQueue",
        "FinstageProcess", "FinstagePostgres", "FinstageServe", "TestSupport",
      ], path: "Tests/Bench",
      exclude: ["peers", "data", "README.md"]),
    .executableTarget(
      name: "finstage-fuzz",
      dependencies: [
        "FinstageSystem", "FinstageCore", "FinstageExpressions", "FinstageIndicators", "FinstageStore", "FinstageNet",
        "FinstageQueue", "FinstageAlerts", "FinstageServe", "FinstageStream", "FinstageMetrics", "FinstageRedis",
      ], path: "Tests/Fuzz", exclude: ["run.sh", "seeds"]),
  ],
  swiftLanguageModes: [.v6]
)
