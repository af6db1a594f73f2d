using System.Text;
using Nua.Core.Packages;
using Nua.Core.Packages.Reading;
using Nua.Core.Sites;
using Xunit;

namespace Nua.Tests.Core.Packages;

/// <summary>Ten thousand broken configs, the same ones every time: each gives a package or a finding with a place.</summary>
[Trait("Category", "fuzz")]
public sealed class ConfigFuzzTests
{
    private const int Configs = 10_000;

    private const int Seed = 20_260_101;

    /// <summary>None takes a tenth of a second; a machine that does much else at the same time is no hang.</summary>
    private static readonly TimeSpan LongestForOne = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Ten_thousand_mutated_configs_never_crash_the_reader_and_never_hang_it()
    {
        var mutation = new ConfigMutation(new Random(Seed), ConfigSamples.All());
        var outcomes = new Dictionary<Outcome, int>();
        for (var i = 0; i < Configs; i++)
        {
            var (file, bytes) = mutation.Next();
            var outcome = await ReadAsync(i, file, bytes);
            outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
        }

        // Mutations that broke nothing, or everything, would test nothing.
        Assert.InRange(outcomes[Outcome.Package], Configs / 20, Configs);
        Assert.InRange(outcomes[Outcome.Sites], Configs / 25, Configs);
        Assert.InRange(outcomes[Outcome.Refused], Configs / 5, Configs);
        Assert.InRange(outcomes[Outcome.NoText], Configs / 100, Configs);
    }

    private enum Outcome
    {
        Package,
        Sites,
        Refused,
        NoText,
    }

    /// <summary>On a thread of its own, so that one that never ends is named as well.</summary>
    private static async Task<Outcome> ReadAsync(int number, string file, byte[] bytes)
    {
        try
        {
            return await Task.Run(() => Read(file, bytes)).WaitAsync(LongestForOne);
        }
        catch (Exception failure)
        {
            throw new InvalidOperationException(
                $"Config {number} of seed {Seed}, {file}:{Environment.NewLine}{Encoding.UTF8.GetString(bytes)}", failure);
        }
    }

    private static Outcome Read(string file, byte[] bytes)
    {
        string text;
        try
        {
            text = FileText.Decode(file, bytes);
        }
        catch (PackageException refusal)
        {
            // The good part of the text ends where the finding is.
            Check(file, Encoding.UTF8.GetString(bytes), refusal.Findings, found: false);
            return Outcome.NoText;
        }

        var reading = PackageReader.Inspect(file, text);
        Check(file, text, reading.Findings, reading.Package is not null);
        var sites = SitesReader.Inspect(file, text);
        Check(file, text, sites.Findings, sites.Sites.Count > 0);
        if (reading.Package is { } package)
        {
            CheckNormalForm(package);
            return Outcome.Package;
        }

        return sites.Sites.Count > 0 ? Outcome.Sites : Outcome.Refused;
    }

    private static void CheckNormalForm(Package package)
    {
        var normal = PackageWriter.ToJson(package);
        Assert.Equal(normal, PackageWriter.ToJson(PackageReader.Read("nua-config.json", normal)));
    }

    private static void Check(string file, string text, IReadOnlyList<Finding> findings, bool found)
    {
        var lines = LinesOf(file, text);
        Assert.NotEqual(found, findings.Any(finding => finding.Severity == FindingSeverity.Error));
        Assert.All(findings, finding =>
        {
            // What is missing at the end of a file is missing after its last line.
            Assert.InRange(finding.Line, 1, lines.Length + 1);
            Assert.InRange(finding.Column, 1, finding.Line > lines.Length ? 1 : lines[finding.Line - 1].Length + 1);
            Assert.NotEmpty(finding.Problem.Hint);
        });
    }

    /// <summary>YAML ends lines at more signs than the others do.</summary>
    private static string[] LinesOf(string file, string text) => file.EndsWith("yaml", StringComparison.Ordinal)
        ? text.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n', '\r', '\u0085', '\u2028', '\u2029')
        : text.Split('\n');
}
