using Nua.Api;
using Nua.Api.Programs;
using Nua.Core.Problems;
using Nua.Drivers.Routing;
using Nua.Server.Settings;

namespace Nua.Server.Schedules;

/// <summary>
/// Has a gateway running: as a process of its own, in a session of its own, that goes on serving when the server ends. Whoever
/// wants it to end says so: the server never does. It is told once whom to ask for certificates, and remembers.
/// </summary>
internal sealed class GatewayKeeper(NuaHome home, GatewaySettings settings, CertificateSettings certificates, ILogger log)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private bool _isTold;

    /// <exception cref="NuaException"><c>server.no-gateway</c>, <c>server.gateway-did-not-start</c></exception>
    public async Task HaveAsync(CancellationToken cancellation)
    {
        await StartAsync(cancellation);
        if (!_isTold)
        {
            using var gateway = new GatewayClient(home);
            await gateway.SetAuthoritiesAsync(certificates, cancellation);
            _isTold = true;
        }
    }

    private async Task StartAsync(CancellationToken cancellation)
    {
        if (RunningProgram.Behind(home.GatewaySocket) is not null)
        {
            return;
        }

        var program = NuaProgram.Gateway;
        if (!program.IsInstalled)
        {
            throw new NuaException(ServerProblems.NoGatewayProgram(program.Path));
        }

        var file = home.LogOf(program.Name);
        var gateway = program.StartDetached(file, settings.Arguments);
        log.GatewayStarted(gateway.Pid, file);
        if (!await gateway.IsBehindAsync(home.GatewaySocket, Patience, cancellation))
        {
            throw new NuaException(ServerProblems.GatewayDidNotStart(file));
        }
    }
}
