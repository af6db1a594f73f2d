using Nua.Api;
using Nua.Engine.Build;

namespace Nua.Server.Views;

/// <summary>Build plans as they travel.</summary>
internal static class BuildPlanViews
{
    /// <summary>The plan as it travels.</summary>
    public static BuildPlanView Of(BuildPlan plan) => new(
        plan.Reference,
        plan.Builder,
        plan.Because,
        plan.DecidingFiles,
        [.. plan.Decisions.Select(decision => new DecisionView(decision.About, decision.Choice, decision.Because))],
        plan.Bases.ToDictionary(image => image.Key, image => $"{image.Value.Name} {image.Value.Version}"),
        plan.Dockerfile,
        plan.SubApplications.Count == 0 ? null : plan.SubApplications.ToDictionary(part => part.Key, part => Of(part.Value)));
}
