using Nua.Core.Problems;
using Nua.Core.Starting;
using Nua.Engine.Build.Dockerfiles;

namespace Nua.Engine.Build.Builders;

/// <summary>What starts the application: what the package says, or else its script, or else what its files suggest.</summary>
internal static class StartDecision
{
    // Isolated: as root, it minds neither the app's environment nor its folder.
    private const string FillTemplates = "/usr/bin/python3 -I -m nua.agent.templates";

    public static StartFile For(BuildInput input, string builder, SuggestedStart? suggestion, ProcfileUse procfile)
    {
        return new StartFile(
            WorkingDirectory: input.Folder,
            Before: input.Run.BeforeRun.Count > 0 ? input.Run.BeforeRun : procfile.Before,
            Start: LinesOf(input, suggestion) ?? throw new NuaException(BuildProblems.NothingToStart(builder)),
            Prepare: input.AgentFillsTemplates ? [FillTemplates] : [],
            StartsAsRoot: input.StartsAsRoot);
    }

    public static Decision Explain(BuildInput input, StartFile start, SuggestedStart? suggestion) => new(
        "start",
        string.Join(" ; ", start.Start),
        input switch
        {
            { Run.Start.Count: > 0 } => "[run] start says so",
            { StartScript: { IsPython: true } script } => $"{script.Path} is there; it begins as root",
            { StartScript: { } script } => $"{script.Path} is there",
            _ => suggestion!.Because,
        });

    private static IReadOnlyList<string>? LinesOf(BuildInput input, SuggestedStart? suggestion) => input switch
    {
        { Run.Start: { Count: > 0 } lines } => lines,
        { StartsAsRoot: true } => [$"python3 {ImagePaths.StartScript}"],
        { StartScript: { } script } => [$"bash -e -o pipefail {script.InImage}"],
        _ => suggestion is null ? null : [suggestion.Command],
    };
}
