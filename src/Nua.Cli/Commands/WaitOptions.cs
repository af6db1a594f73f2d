using System.CommandLine;

namespace Nua.Cli.Commands;

/// <summary>Whether a command stays until what it asked for is done.</summary>
internal sealed class WaitOptions
{
    private readonly Option<bool> _wait = new("--wait") { Description = "Stay until it is done (this is the default)." };
    private readonly Option<bool> _noWait = new("--no-wait") { Description = "Ask for it and leave; the answer names the operation." };

    public void AddTo(Command command)
    {
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
}
