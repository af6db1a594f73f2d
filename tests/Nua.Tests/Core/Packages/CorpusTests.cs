using Nua.Core.Packages;
using Nua.Core.Packages.Reading;
using Nua.Testing;
using Xunit;

namespace Nua.Tests.Core.Packages;

/// <summary>Real configs, as their packagers wrote them.</summary>
public sealed class CorpusTests
{
    [Theory]
    [MemberData(nameof(Corpus.Configs), MemberType = typeof(Corpus))]
    public void Every_valid_config_loads(string file)
    {
        var reading = PackageReader.Inspect(file, Corpus.Text(file));

        Assert.DoesNotContain(reading.Findings, finding => finding.Severity == FindingSeverity.Error);
        Assert.NotNull(reading.Package);
    }

    [Theory]
    [MemberData(nameof(Corpus.InvalidConfigs), MemberType = typeof(Corpus))]
    public void Every_invalid_config_fails_with_the_line_and_the_key(string file)
    {
        var refusal = Assert.Throws<PackageException>(() => PackageReader.Read(file, Corpus.Text(file)));

        var finding = Assert.Single(refusal.Findings, finding => finding.Severity == FindingSeverity.Error);
        Assert.Contains("provider[0].name", finding.Problem.Message);
        Assert.StartsWith("[[provider]]", Corpus.Text(file).Split('\n')[finding.Line - 1]);
    }

    [Theory]
    [MemberData(nameof(Corpus.Configs), MemberType = typeof(Corpus))]
    public void The_normal_form_of_every_config_reads_back_as_the_same_package(string file)
    {
        var normal = PackageWriter.ToJson(PackageReader.Read(file, Corpus.Text(file)));

        var again = PackageReader.Inspect("nua-config.json", normal, new ReadingOptions(Strict: true));

        Assert.DoesNotContain(again.Findings, finding => finding.Problem.Code != "package.bad-image-reference");
        Assert.Equal(normal, PackageWriter.ToJson(PackageReader.Read("nua-config.json", normal)));
    }
}
