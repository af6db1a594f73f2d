namespace Nua.Cli;

/// <summary>The exit codes that are no problem's; the others are in <see cref="Nua.Api.ProblemKinds"/>.</summary>
internal static class ExitCodes
{
    public const int Done = 0;

    public const int Usage = 2;

    /// <summary>As shells have it: 128 and the number of SIGINT.</summary>
    public const int Interrupted = 130;
}
