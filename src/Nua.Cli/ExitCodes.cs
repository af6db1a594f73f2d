using Nua.Api;

namespace Nua.Cli;

/// <summary>The exit codes that are no problem's; the others are in <see cref="Nua.Api.ProblemKinds"/>.</summary>
internal static class ExitCodes
{
    public const int Done = 0;

    public const int Usage = 2;

    /// <summary>Nothing went wrong, and there is something to do; only where <c>--exit-code</c> asks for it.</summary>
    public const int Changes = 10;

    /// <summary>What a code means.</summary>
    public static string MeaningOf(int code) => code switch
    {
        Done => "done",
        Changes => "there is something to do (with --exit-code)",
        _ => ProblemKinds.All.First(kind => kind.Exit == code).Meaning,
    };

    /// <summary>As shells have it: 128 and the number of SIGINT.</summary>
    public const int Interrupted = 130;
}
