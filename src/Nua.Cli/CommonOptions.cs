using System.CommandLine;

namespace Nua.Cli;

/// <summary>The options every command understands.</summary>
internal static class CommonOptions
{
    public static readonly Option<bool> Json = new("--json")
    {
        Description = "Answer with one JSON document on standard output.",
        Recursive = true,
    };

    public static readonly Option<bool> Quiet = new("--quiet", "-q")
    {
        Description = "No progress, only the answer.",
        Recursive = true,
    };

    public static readonly Option<bool> Verbose = new("--verbose", "-v")
    {
        Description = "Show every line of the logs of what is being done.",
        Recursive = true,
    };

    public static readonly Option<string> Context = new("--context")
    {
        Description = "Ask that server: a context of 'nua login', or 'local'.",
        HelpName = "NAME",
        Recursive = true,
    };

    public static IReadOnlyList<Option> All { get; } = [Json, Quiet, Verbose, Context];
}
