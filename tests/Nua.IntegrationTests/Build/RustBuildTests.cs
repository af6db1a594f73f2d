using Nua.Core.Problems;
using Xunit;

namespace Nua.IntegrationTests.Build;

/// <summary>Rust packages, compiled and run on a real engine.</summary>
public sealed class RustBuildTests : IAsyncDisposable
{
    private const string Main =
        """
        fn main() {
            println!("{} {}", std::fs::read_to_string("front.txt").unwrap(), till::GREETING);
        }
        """;

    private readonly Workshop _workshop = new();

    public ValueTask DisposeAsync() => _workshop.DisposeAsync();

    [Fact]
    public async Task A_package_with_a_vendored_crate_becomes_one_program_beside_what_it_reads()
    {
        _workshop
            .Config("")
            .Write("Cargo.toml", "[package]\nname = \"shop\"\nversion = \"1.0.0\"\nedition = \"2021\"\n[dependencies]\ntill = \"1\"\n")
            .Write(".cargo/config.toml", "[source.crates-io]\nreplace-with = \"vendored\"\n[source.vendored]\ndirectory = \"vendor\"\n")
            .Write("vendor/till/Cargo.toml", "[package]\nname = \"till\"\nversion = \"1.0.0\"\nedition = \"2021\"\n")
            .Write("vendor/till/.cargo-checksum.json", """{"files": {}, "package": "0000000000000000000000000000000000000000000000000000000000000000"}""")
            .Write("vendor/till/src/lib.rs", "pub const GREETING: &str = \"from the till\";\n")
            .Write("front.txt", "welcome")
            .Write("src/main.rs", Main);

        var built = await _workshop.BuildAsync();

        Assert.Equal("rust", built.Builder);
        Assert.Equal((0, "welcome from the till\n"), await _workshop.RunAsync());
        var (_, files) = await _workshop.RunAsync("sh", "-c", "find /nua/app /nua/build -name '*.rs' -o -name till -o -name front.txt -o -name shop");
        Assert.Equal("/nua/app/shop\n/nua/build/front.txt\n", files);
        Assert.InRange((await _workshop.FindAsync(built.Reference))!.SizeBytes, 0, 100_000_000);

        // What was changed earlier than the last build, such as what is taken back, is a change too.
        _workshop.Write("src/main.rs", Main.Replace("{} {}", "{}, welcome back {}", StringComparison.Ordinal));
        File.SetLastWriteTimeUtc(Path.Combine(_workshop.Package, "src/main.rs"), DateTime.UnixEpoch.AddYears(40));
        await _workshop.BuildAsync();

        Assert.Equal((0, "welcome, welcome back from the till\n"), await _workshop.RunAsync());
    }

    [Fact]
    public async Task A_version_is_exactly_that_one()
    {
        _workshop
            .Config("[build]\nbuilder = \"rust-1.0\"\n")
            .Write("Cargo.toml", "[package]\nname = \"shop\"\nversion = \"1.0.0\"\n")
            .Write("src/main.rs", "fn main() {}");

        var problem = await _workshop.FailAsync();

        Assert.Equal((ProblemKind.Invalid, "build.version-unavailable"), (problem.Kind, problem.Code));
        Assert.Matches("It has: 1\\.[0-9.]+, the distribution's own", problem.Hint);
    }

    [Fact]
    public async Task A_crate_that_a_vendor_folder_lacks_is_named()
    {
        _workshop
            .Config("")
            .Write("Cargo.toml", "[package]\nname = \"shop\"\nversion = \"1.0.0\"\n[dependencies]\nnosuch = \"1\"\n")
            .Write(".cargo/config.toml", "[source.crates-io]\nreplace-with = \"vendored\"\n[source.vendored]\ndirectory = \"vendor\"\n")
            .Write("vendor/README", "x")
            .Write("src/main.rs", "fn main() {}");

        var problem = await _workshop.FailAsync();

        Assert.Equal("build.package-missing", problem.Code);
        Assert.Contains("crate 'nosuch'", problem.Message, StringComparison.Ordinal);
    }
}
