using System.Diagnostics;
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

    private static readonly TimeSpan LongestForOne = TimeSpan.FromSeconds(5);

    [Fact]
    public void Ten_thousand_mutated_configs_never_crash_the_reader_and_never_hang_it()
    {
        var samples = Samples();
        var random = new Random(Seed);
        var mutation = new ConfigMutation(random, samples);
        var (packages, refusals) = (0, 0);
        for (var i = 0; i < Configs; i++)
        {
            var (file, text) = mutation.Next();
            if (Read(i, file, text))
            {
                packages++;
            }
            else
            {
                refusals++;
            }
        }

        // Mutations that broke nothing, or everything, would test nothing.
        Assert.InRange(packages, Configs / 20, Configs);
        Assert.InRange(refusals, Configs / 5, Configs);
    }

    /// <returns>Whether a package came of it.</returns>
    private static bool Read(int number, string file, string text)
    {
        var watch = Stopwatch.StartNew();
        try
        {
            var reading = PackageReader.Inspect(file, text);
            Check(text, reading.Findings, reading.Package is not null);
            var sites = SitesReader.Inspect(file, text);
            Check(text, sites.Findings, sites.Sites.Count > 0);
            if (reading.Package is { } package)
            {
                PackageReader.Read("nua-config.json", PackageWriter.ToJson(package));
            }

            Assert.True(watch.Elapsed < LongestForOne, $"It took {watch.Elapsed}.");
            return reading.Package is not null;
        }
        catch (Exception failure)
        {
            throw new InvalidOperationException($"Config {number} of seed {Seed}, {file}:{Environment.NewLine}{text}", failure);
        }
    }

    private static void Check(string text, IReadOnlyList<Finding> findings, bool found)
    {
        var lines = text.Split('\n').Length;
        Assert.True(found || findings.Any(finding => finding.Severity == FindingSeverity.Error));
        Assert.All(findings, finding =>
        {
            Assert.InRange(finding.Line, 1, lines + 1);
            Assert.InRange(finding.Column, 1, text.Length + 2);
            Assert.NotEmpty(finding.Problem.Hint);
        });
    }

    /// <summary>The annotated example in the three formats, some small ones, and the corpus where there is one.</summary>
    private static List<(string File, string Text)> Samples()
    {
        var normal = PackageWriter.ToJson(PackageReader.Read("a.toml", ExampleConfig.Text));
        List<(string, string)> samples =
        [
            ("a.toml", ExampleConfig.Text), ("a.json", normal), ("a.yaml", normal), ("a.yaml", Yaml), ("a.toml", Toml),
        ];
        if (!Corpus.IsAbsent)
        {
            samples.AddRange(Corpus.Configs.Select(row => row.Data).Select(file => (file, Corpus.Text(file))));
        }

        return samples;
    }

    private const string Toml =
        """
        [metadata]
        id = "notes"
        version = "1.0"
        title = "Notes"
        author = "us"
        [port.web]
        container = 80
        """;

    private const string Yaml =
        """
        metadata: &me
          id: notes
          version: "1.0"
          title: Notes
          author: us
        build:
          license: MIT
          build: |
            make
            make install
        env: {A: yes, B: [1, 2], C: {random: true, length: 24}}
        volume:
        - {name: uploads, target: /up, backup: {method: tgz_volumes, frequency: 6h}}
        site:
        - image: notes
          domain: a.example.org/b
          label: "My Notes"
        """;
}
