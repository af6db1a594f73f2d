using Nua.Core.Packages;
using Nua.Core.Packages.Reading;
using Xunit;

namespace Nua.Tests.Core.Packages;

/// <summary>Old spellings that say otherwise what a new one says, or what cannot be said at all.</summary>
public sealed class OldSpellingsTests
{
    private const string Metadata = "[metadata]\nid = 'a'\nversion = '1'\ntitle = 't'\nauthor = 'x'\n";

    [Fact]
    public void A_variable_that_is_given_in_three_ways_says_which_counts()
    {
        var reading = PackageReader.Inspect("a.toml", Metadata + """
            [env]
            A = "new"
            [run.env]
            A = "old"
            [[assign]]
            key = "A"
            random = true
            """);

        Assert.Equal(new Setting.Literal("new"), reading.Package!.Env["A"]);
        Assert.Equal(
            ["'run.env.A' does not count, because 'env.A' is given as well.", "'[[assign]] A' does not count, because 'env.A' is given as well."],
            reading.Findings.Where(finding => finding.Problem.Code == "package.old-and-new").Select(finding => finding.Problem.Message));
    }

    [Fact]
    public void Assigned_variables_join_a_section_however_it_is_spelled()
    {
        var package = PackageReader.Read("a.toml", Metadata + "[ENV]\nA = '1'\n[[assign]]\nkey = 'X'\nrandom = true\n");

        Assert.Equal(["A", "X"], package.Env.Keys);
    }

    [Fact]
    public void A_type_that_names_another_module_says_that_it_does_not_count()
    {
        var reading = PackageReader.Inspect("a.toml", Metadata + "[[provider]]\nname = 'p'\ntype = 'postgres'\nmodule-name = 'mariadb'\n");

        Assert.Equal("mariadb", reading.Package!.Providers[0].Module);
        Assert.Contains(reading.Findings, finding => finding is { Severity: FindingSeverity.Warning, Problem.Code: "package.old-and-new" });
    }

    [Theory]
    [InlineData("assign = ['x']", "'assign[0]' is a text where a table is wanted.", "package.wrong-kind")]
    [InlineData("[[volume]]\nname = 'v'\ntarget = '/v'\noptions = ['o=bind']", "'volume[0].options[0]' is a text where a table is wanted.", "package.wrong-kind")]
    [InlineData("[[volume]]\nname = 'v'\ntarget = '/v'\n[[volume.options]]\no = 'a'\n[[volume.options]]\no = 'b'", "'o' is given twice.", "package.given-twice")]
    [InlineData("[[volume]]\nname = 'v'\ntarget = '/v'\n[volume.options]\nread-only = 'a'\nreadonly = 'b'", "'volume[0].options.readonly' is \"read-only\", as another one before it.", "package.used-twice")]
    public void What_would_be_lost_is_an_error(string lines, string message, string code)
    {
        var text = lines.StartsWith('[') ? Metadata + lines : lines + "\n" + Metadata;
        var finding = Assert.Single(PackageReader.Inspect("a.toml", text).Findings, finding => finding.Severity == FindingSeverity.Error);

        Assert.Equal((message, code), (finding.Problem.Message, finding.Problem.Code));
    }

    [Fact]
    public void Findings_spell_keys_as_the_file_does()
    {
        var reading = PackageReader.Inspect("a.toml", Metadata + "[BUILD]\nSrc_Url = []\nbuild_command = 'x'\n[[Volume]]\nTarget = 'x'\nname = 'v'\n[[Volume.Backup]]\n");

        Assert.Equal(
            [
                "'BUILD.Src_Url' is a list where a text is wanted.", "'BUILD.build_command' is an old spelling.",
                "'Volume[0].Target' is \"x\", which is not an absolute path.", "'Volume[0].Backup' is a list where a table is wanted.",
            ],
            reading.Findings.Select(finding => finding.Problem.Message));
    }
}
