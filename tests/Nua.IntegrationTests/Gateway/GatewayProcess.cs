using System.Diagnostics;
using System.Globalization;
using Nua.Api;
using Nua.Core.Problems;
using Nua.Drivers.Routing;
using Xunit;

namespace Nua.IntegrationTests.Gateway;

/// <summary>The gateway as the program it is: the one built with the tests, or the one that <c>NUA_TEST_GATEWAY</c> names.</summary>
internal sealed class GatewayProcess : IDisposable
{
    private static readonly string Program =
        Environment.GetEnvironmentVariable("NUA_TEST_GATEWAY") ?? Path.Combine(AppContext.BaseDirectory, "nua-gateway");

    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(5);

    private readonly Process _process;

    private readonly Task<string> _error;

    private GatewayProcess(Process process) => (_process, _error) = (process, process.StandardError.ReadToEndAsync());

    public int Id => _process.Id;

    public static GatewayProcess Start(TemporaryHome home, params IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(Program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            Environment = { ["NUA_HOME"] = home.Folder },
        };
        return new GatewayProcess(Process.Start(start)!);
    }

    /// <summary>Answers with what it says of itself once it does.</summary>
    public async Task<GatewayView> ReadyAsync(GatewayClient client, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return await client.StateAsync(cancellation);
            }
            catch (NuaException notYet) when (notYet.Problem.Code == "gateway.unreachable" && !_process.HasExited)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), cancellation);
            }
        }
    }

    public void Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public void Kill() => _process.Kill();

    public async Task<(int ExitCode, string Error)> EndAsync(CancellationToken cancellation)
    {
        var error = await _error.WaitAsync(cancellation);
        await _process.WaitForExitAsync(cancellation);
        return (_process.ExitCode, error);
    }

    /// <summary>The most memory it ever used, in megabytes.</summary>
    public int PeakMegabytes()
    {
        var peak = File.ReadLines($"/proc/{_process.Id}/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return int.Parse(peak.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        // Shown when the test fails.
        TestContext.Current.TestOutputHelper?.WriteLine(_error.Wait(LastWords) ? _error.Result : "(the gateway's log does not end)");
        _process.Dispose();
    }
}
