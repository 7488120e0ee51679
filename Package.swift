// swift-tools-version: 6.3
import PackageDescription

/// Settings every Swift target is built with; each line says what it buys us.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),  // SE-0335: the cost of `any` is visible
    .enableUpcomingFeature("InternalImportsByDefault"),  // SE-0409: an import does not leak into our API
    .enableUpcomingFeature("MemberImportVisibility"),  // SE-0444: a file names what it uses
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),  // SE-0461: async stays with its caller
    .treatAllWarnings(as: .error),  // SE-0443
    // Generic code of one module is specialised in another: a quarter of the server's own time.
    .unsafeFlags(["-cross-module-optimization"], .when(configuration: .release)),
]

func ours(_ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource] = []) -> Target {
    .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], resources: [Resource] = []) -> Target {
    .testTarget(name: name, dependencies: dependencies, resources: resources, swiftSettings: strict)
}

/// Fuzz targets have no `main` of their own, so they exist only where a fuzzer gives one: see script/fuzz.
let fuzzers: [Target] =
    Context.environment["SAMSKAP_FUZZ"] == nil
    ? []
    : ["Head", "Frames", "Deflate", "Commands", "Records"].map { name in
        .executableTarget(
            name: "fuzz-\(name.lowercased())", dependencies: ["FuzzChecks"], path: "Tests/Fuzz/\(name)",
            swiftSettings: strict + [.unsafeFlags(["-parse-as-library"])])
    }

let package = Package(
    name: "samskap",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "samskap", targets: ["samskap"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", from: "0.2.0"),
    ],
    targets: [
        // Pure: no Dispatch, no networking, no clock, no randomness, no Foundation.
        ours("Workshop"),
        ours("Wire", ["Workshop"]),
        ours("WebCodec"),
        ours("Session", ["Wire", "Workshop"]),
        ours("Journal"),
        ours("RoomCore", ["Workshop", "Wire", "Journal"]),
        ours("Report", ["Workshop", "Wire"]),
        // Of the system it needs Snowball's stemmers, which only compute.
        ours("Proposals", ["Workshop", "Wire", "CStemmer"]),

        // The edge: one system library or kernel interface each.
        .systemLibrary(name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CQREncode", pkgConfig: "libqrencode", providers: [.apt(["libqrencode-dev"])]),
        .systemLibrary(name: "CStemmer", providers: [.apt(["libstemmer-dev"])]),
        .target(name: "CLinux"),
        ours("Digests", ["COpenSSL"]),
        ours("TLS", ["COpenSSL"]),
        ours("Deflate", ["CZlib"]),
        ours("QRCode", ["CQREncode"]),
        ours("EventLoop", ["CLinux", .product(name: "HeapModule", package: "swift-collections")]),
        ours("Site", ["WebCodec", "Deflate", "Digests"]),
        ours("JournalSQLite", ["Journal", "CLinux", .product(name: "GRDB", package: "GRDB.swift")]),

        // What joins the parts, and the programs.
        ours(
            "Server",
            [
                "Workshop", "Wire", "WebCodec", "Session", "Journal", "RoomCore", "Report", "Proposals",
                "Digests",
                "TLS", "Deflate", "QRCode", "EventLoop", "Site",
                .product(name: "Logging", package: "swift-log"),
            ]),
        ours(
            "Demo",
            [
                "Workshop", "Wire", "WebCodec", "Digests", "TLS", "EventLoop",
                .product(name: "Histogram", package: "hdrhistogram-swift"),
            ]),
        .executableTarget(
            name: "samskap",
            dependencies: [
                "Server", "Demo", "Wire", "Journal", "JournalSQLite", "QRCode", "Digests", "EventLoop",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict),

        // Shared by the tests; ships nowhere.
        .target(
            name: "TestKit", dependencies: ["Workshop", "Wire", "WebCodec", "Journal"], path: "Tests/TestKit",
            swiftSettings: strict),
        .executableTarget(
            name: "journal-writer", dependencies: ["Journal", "JournalSQLite"],
            path: "Tests/Helpers/JournalWriter", swiftSettings: strict),
        .executableTarget(
            name: "journal-bench", dependencies: ["Journal", "JournalSQLite"],
            path: "Tests/Benchmarks/JournalBench", swiftSettings: strict),
        .target(
            name: "Damage", dependencies: ["Journal", "JournalSQLite"], path: "Tests/Damage",
            swiftSettings: strict),
        .executableTarget(
            name: "journal-flips", dependencies: ["Damage"], path: "Tests/Helpers/JournalFlips",
            swiftSettings: strict),
        .executableTarget(
            name: "store-filler",
            dependencies: ["Journal", "JournalSQLite", "RoomCore", "Server", "Wire", "Workshop"],
            path: "Tests/Helpers/StoreFiller", swiftSettings: strict),
        .target(
            name: "ProposalScore", dependencies: ["Proposals", "Wire", "TestKit"],
            path: "Tests/Benchmarks/ProposalScore", swiftSettings: strict),
        .executableTarget(
            name: "proposal-bench", dependencies: ["ProposalScore", "Proposals"],
            path: "Tests/Benchmarks/ProposalBench", swiftSettings: strict),
        .target(
            name: "Simulation",
            dependencies: [
                "Server", "RoomCore", "Session", "Wire", "Workshop", "WebCodec", "Journal", "Digests",
                "TestKit",
            ],
            path: "Tests/Simulation", swiftSettings: strict),
        .executableTarget(
            name: "simulate", dependencies: ["Simulation"], path: "Tests/Helpers/Simulate",
            swiftSettings: strict),
        .target(
            name: "FuzzChecks", dependencies: ["WebCodec", "Deflate", "Wire", "Workshop"],
            path: "Tests/Fuzz/Checks", swiftSettings: strict),
        tests("FuzzTests", ["FuzzChecks"]),
        tests("SimulationTests", ["Simulation"]),
        tests("WorkshopTests", ["Workshop", "Wire", "RoomCore", "TestKit"]),
        tests("WireTests", ["Wire", "Workshop", "Proposals", "TestKit"]),
        tests("WebCodecTests", ["WebCodec", "TestKit"]),
        tests("SessionTests", ["Session", "Wire", "Workshop", "TestKit"]),
        tests("JournalTests", ["Journal", "JournalSQLite", "TestKit", "Damage", "journal-writer"]),
        tests("ReportTests", ["Report", "Workshop", "Wire", "TestKit"]),
        tests(
            "ProposalsTests", ["Proposals", "ProposalScore", "Workshop", "TestKit"]),
        tests(
            "EdgeTests", ["Digests", "TLS", "Deflate", "QRCode", "EventLoop", "Site", "WebCodec", "TestKit"]),
        tests(
            "ServerTests",
            [
                "Server", "Session", "Demo", "EventLoop", "Journal", "JournalSQLite", "Wire", "WebCodec",
                "Workshop",
                "Digests", "Deflate", "TestKit",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "GRDB", package: "GRDB.swift"),
            ]),
    ] + fuzzers,
    swiftLanguageModes: [.v6]
)
