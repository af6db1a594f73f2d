using System.Text.Json;
using Nua.Core.Packages;
using Nua.Core.Packages.Reading;
using Nua.Core.Problems;
using Nua.Engine.Build;
using Nua.Engine.Build.Sources;
using Nua.Engine.Images.Mirrors;
using Nua.Testing;
using Xunit;

namespace Nua.Tests.Engine.Build;

/// <summary>Configs that others wrote: each makes a plan that says what the predecessor made of it, or one problem that says what to do.</summary>
public sealed class CorpusPlanTests
{
    /// <summary>Those whose source is their own folder have a Python file in it; sources elsewhere are not looked at.</summary>
    private static readonly SourceFolder Source =
        new("/nowhere", [new SourceEntry("app.py", SourceKind.File, default, 1)]) { Reader = _ => "" };

    [Theory]
    [MemberData(nameof(Corpus.Configs), MemberType = typeof(Corpus))]
    public void Every_config_makes_a_plan_or_one_clear_problem(string file)
    {
        var package = PackageReader.Read(file, Corpus.Text(file));
        using var golden = JsonDocument.Parse(Corpus.Golden("nua-config", file));
        try
        {
            Compare(golden.RootElement, BuildPlanner.Plan(package, Source, PackageSources.Usual), package);
        }
        catch (NuaException refusal)
        {
            Assert.StartsWith("build.", refusal.Problem.Code, StringComparison.Ordinal);
            Assert.NotEmpty(refusal.Problem.Hint);
        }
    }

    private static void Compare(JsonElement golden, BuildPlan plan, Package package)
    {
        Assert.Equal(golden.GetProperty("nua_tag").GetString(), plan.Reference);
        Assert.Equal(golden.GetProperty("build_method").GetString() == "wrap", plan.Builder == "wrap");
        Assert.Equal(golden.GetProperty("build_command").EnumerateArray().Select(line => line.GetString()), plan.Package.Build.Commands);
        // A builder that is a table was ignored there (1.5, BUG) and counts here (section 10, 3).
        if (golden.GetProperty("effective_builder").GetString() is { Length: > 0 } builder)
        {
            Assert.StartsWith(plan.Builder, builder, StringComparison.Ordinal);
        }

        CompareSource(golden, plan.Remote, package);
    }

    // An archive comes before a repository, as there; what old packages say under [metadata] counts here (section 10, 2).
    private static void CompareSource(JsonElement golden, RemoteSource? source, Package package)
    {
        if (golden.GetProperty("src_url").GetString() is { Length: > 0 } archive)
        {
            Assert.Equal(archive, Assert.IsType<RemoteSource.Archive>(source).Url);
            Assert.Equal(package.Build.SrcChecksum, ((RemoteSource.Archive)source).Checksum);
        }
        else if (golden.GetProperty("git_url").GetString() is { Length: > 0 } repository)
        {
            var git = Assert.IsType<RemoteSource.Git>(source);
            Assert.Equal((repository, golden.GetProperty("git_branch").GetString()), (git.Url, git.Branch ?? "main"));
        }
    }
}
