using Nua.Api;
using Nua.Cli;
using Nua.Cli.Contexts;
using Nua.Cli.Output;

namespace Nua.Tests.Cli;

/// <summary>Runs <c>nua</c> inside the test, as if its output went into files.</summary>
internal sealed class Line(string? socket = null, TerminalLook? look = null, string input = "", Surroundings? around = null) : IDisposable
{
    private readonly StringWriter _output = new() { NewLine = "\n" };
    private readonly StringWriter _error = new() { NewLine = "\n" };
    private readonly NuaHome _home = NuaHome.Under("/nowhere/nua");

    public string Output => _output.ToString();

    public string Error => _error.ToString();

    public async Task<int> RunAsync(params string[] words)
    {
        var terminal = new Terminal(
            _output, _error, look ?? TerminalLook.Plain, TimeProvider.System, new StringReader(input));
        var choice = (around ?? Surroundings.Nothing).ChoiceIn(_home, socket ?? _home.ServerSocket);
        return await NuaCommand.RunAsync(words, choice, terminal);
    }

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }
}

/// <summary>What a command finds around it: a user's contexts and environment variables.</summary>
internal sealed record Surroundings(string ContextFile, IReadOnlyDictionary<string, string> Variables)
{
    public static Surroundings Nothing { get; } = new("/nowhere/contexts.json", new Dictionary<string, string>());

    public ServerChoice ChoiceIn(NuaHome home, string socket) =>
        new(home, new ContextFile(ContextFile), Variables.GetValueOrDefault) { Socket = socket };
}
