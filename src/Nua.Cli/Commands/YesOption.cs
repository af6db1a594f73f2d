using System.CommandLine;

namespace Nua.Cli.Commands;

/// <summary><c>--yes</c>, of every command that asks before it does something.</summary>
internal static class YesOption
{
    public static Option<bool> Create() => new("--yes", "-y") { Description = "Do not ask." };
}
