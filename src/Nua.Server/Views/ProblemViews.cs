using Nua.Api;
using Nua.Core.Problems;

namespace Nua.Server.Views;

/// <summary>Problems as they travel.</summary>
internal static class ProblemViews
{
    /// <summary>The problem with what its kind means outside.</summary>
    public static ProblemView Of(Problem problem) =>
        ProblemView.Of(Kebab.Of(problem.Kind), problem.Code, problem.Message, problem.Hint, problem.Details);
}
