using System.CommandLine;
using Nua.Api;
using Nua.Cli.Output;

namespace Nua.Cli.Commands;

/// <summary>Whether a command stays until what it asked for is done, and waits for whoever is before it.</summary>
internal sealed class WaitOptions
{
    private readonly Option<bool> _wait = new("--wait") { Description = "Stay until it is done (this is the default)." };
    private readonly Option<bool> _noWait = new("--no-wait") { Description = "Ask for it and leave; the answer names the operation." };

    private readonly Option<TimeSpan?> _lock = new("--wait-lock")
    {
        Description = "While another operation changes the instance, wait that long for its end: 90s, 10m, 2h.",
        HelpName = "TIME",
        CustomParser = Durations.Parse,
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_lock);
        command.Options.Add(_wait);
        command.Options.Add(_noWait);
        command.Validators.Add(line =>
        {
            if (line.GetValue(_wait) && line.GetValue(_noWait))
            {
                line.AddError("--wait and --no-wait contradict each other.");
            }
        });
    }

    public bool Waits(ParseResult line) => !line.GetValue(_noWait);

    public LockPatience PatienceOf(ParseResult line, NuaClient server, ProgressTree progress) => new(server, progress, line.GetValue(_lock));
}
