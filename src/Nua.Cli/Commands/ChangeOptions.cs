using System.CommandLine;
using Nua.Api;
using Nua.Cli.Output;

namespace Nua.Cli.Commands;

/// <summary>How a change of what serves is gone about: only planned, asked about, waited for.</summary>
internal sealed class ChangeOptions
{
    private readonly Option<bool> _plan = new("--plan", "--dry-run") { Description = "Only say what would be done, and which gap there would be." };
    private readonly Option<bool> _yes = YesOption.Create();
    private readonly WaitOptions _wait = new();

    public void AddTo(Command command)
    {
        command.Add(_plan);
        command.Add(_yes);
        _wait.AddTo(command);
    }

    public bool OnlyPlans(ParseResult line) => line.GetValue(_plan);

    public bool IsSure(ParseResult line) => line.GetValue(_yes);

    public bool Waits(ParseResult line) => _wait.Waits(line);

    public LockPatience PatienceOf(ParseResult line, NuaClient server, ProgressTree progress) => _wait.PatienceOf(line, server, progress);
}
