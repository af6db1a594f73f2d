using Nua.Api;
using Nua.Core.Packages;
using Nua.Core.Problems;

namespace Nua.Server.Views;

/// <summary>Problems as they travel.</summary>
internal static class ProblemViews
{
    public static ProblemView Of(Problem problem) =>
        ProblemView.Of(Kebab.Of(problem.Kind), problem.Code, problem.Message, problem.Hint, problem.Details);

    public static ProblemView Of(PackageException failure) => ProblemView.Of(
        Kebab.Of(ProblemKind.Invalid),
        "package.invalid",
        failure.Findings is [var only] ? only.Problem.Message : $"The package has {failure.Findings.Count} mistakes.",
        "Mend what is listed; 'nua validate' checks again.",
        [.. failure.Findings.Select(finding => finding.ToString())]);
}
