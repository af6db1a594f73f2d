using Nua.Core.Problems;
using Nua.Core.Starting;

namespace Nua.Engine.Build.Builders;

/// <summary>What starts the application: what the package says, or else what its files suggest.</summary>
internal static class StartDecision
{
    public static StartFile For(BuildInput input, string builder, SuggestedStart? suggestion, ProcfileUse procfile)
    {
        if (input.Run.Start.Count == 0 && suggestion is null)
        {
            throw new NuaException(BuildProblems.NothingToStart(builder));
        }

        return new StartFile(
            WorkingDirectory: input.Folder,
            Before: input.Run.BeforeRun.Count > 0 ? input.Run.BeforeRun : procfile.Before,
            Start: input.Run.Start.Count > 0 ? input.Run.Start : [suggestion!.Command]);
    }

    public static Decision Explain(BuildInput input, StartFile start, SuggestedStart? suggestion) => new(
        "start",
        string.Join(" ; ", start.Start),
        input.Run.Start.Count > 0 ? "[run] start says so" : suggestion!.Because);
}
