using Nua.Api;
using Nua.Cli;
using Nua.Cli.Output;

namespace Nua.Tests.Cli;

/// <summary>Runs <c>nua</c> inside the test, as if its output went into files.</summary>
internal sealed class Line(string? socket = null, TerminalLook? look = null, string input = "") : IDisposable
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
        using var server = NuaClient.Over(socket ?? _home.ServerSocket);
        return await NuaCommand.RunAsync(words, _home, server, terminal);
    }

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }
}
