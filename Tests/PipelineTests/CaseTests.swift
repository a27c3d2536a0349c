import Testing
import TestSupport

/// Each folder of Tests/Fixtures/cases is one test: `cmd` is a line of bash, run in that folder with the tools in PATH;
/// `expout`, `experr` and `status` are what it must print and end with. A file that is not there means nothing, and 0.
@Suite struct CaseTests {
  private static let folder = "\(Run.package)/Tests/Fixtures/cases"

  @Test(arguments: Files.names(in: folder)) func caseOf(_ name: String) throws {
    let place = "\(Self.folder)/\(name)"
    let command = try #require(Files.text("\(place)/cmd"), "a case needs a cmd")
    let result = try Run.shell(command, folder: place, environment: ["FINSTAGE_SAMPLES": "\(Run.package)/samples"])
    #expect(result.text == Files.text("\(place)/expout") ?? "")
    #expect(result.errors == Files.text("\(place)/experr") ?? "")
    let status = (Files.text("\(place)/status") ?? "0").filter(\.isNumber)
    #expect(String(result.status) == status)
  }

  @Test func thereAreCases() { #expect(Files.names(in: Self.folder).count >= 20) }
}
