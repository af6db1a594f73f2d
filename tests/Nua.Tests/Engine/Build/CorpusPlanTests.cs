using Nua.Core.Packages.Reading;
using Nua.Core.Problems;
using Nua.Engine.Build;
using Nua.Engine.Build.Sources;
using Nua.Tests.Core.Packages;
using Xunit;

namespace Nua.Tests.Engine.Build;

/// <summary>Configs that others wrote: each makes a plan, or one problem that says what to do.</summary>
public sealed class CorpusPlanTests
{
    [Theory]
    [MemberData(nameof(Corpus.Configs), MemberType = typeof(Corpus))]
    public void Every_config_makes_a_plan_or_one_clear_problem(string file)
    {
        var package = PackageReader.Read(file, Corpus.Text(file));
        var source = new SourceFolder("/nowhere", [new SourceEntry("app.py", SourceKind.File, default, 1)]) { Reader = _ => "" };

        try
        {
            var plan = BuildPlanner.Plan(package, source, Nua.Engine.Images.Mirrors.PackageSources.Usual);

            Assert.Equal(package.Metadata.ImageReference, plan.Reference);
            Assert.Equal(package.Build.BaseImage is not null, plan.Builder == "wrap");
        }
        catch (NuaException refusal)
        {
            Assert.StartsWith("build.", refusal.Problem.Code, StringComparison.Ordinal);
            Assert.NotEmpty(refusal.Problem.Hint);
        }
    }
}
