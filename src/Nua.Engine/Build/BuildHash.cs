using Nua.Engine.Build.Sources;

namespace Nua.Engine.Build;

/// <summary>The hash of everything that goes into a build. Equal means there is nothing to do.</summary>
internal static class BuildHash
{
    public static Task<string> OfAsync(
        PlannedBuild planned, IEnumerable<string> baseImages, string agent, CancellationToken cancellation)
    {
        var plan = planned.Plan;
        var inputs = new Dictionary<string, string>
        {
            ["dockerfile"] = plan.Dockerfile,
            ["reference"] = plan.Reference,
            ["agent"] = agent,
            ["bases"] = string.Join(' ', baseImages),
        };
        foreach (var (path, text) in plan.Texts)
        {
            inputs[$"file {path}"] = text;
        }

        foreach (var (name, value) in plan.Labels)
        {
            inputs[$"label {name}"] = value;
        }

        return ContentHash.OfAsync(planned.UsedSource, inputs, cancellation);
    }
}
