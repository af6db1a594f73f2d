using System.Runtime.InteropServices;
using Nua.Api;
using Nua.Gateway;
using Nua.Gateway.Admin;

// Everything that visitors wait for is asynchronous, so their requests may continue on the threads that wait for sockets:
// a sixth less processor time per request. Sockets read this when the first one is made.
Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");

if (args is ["--help"] or ["--version"])
{
    Console.WriteLine(args[0] == "--help" ? GatewaySettings.Help : AdminEndpoints.Version);
    return 0;
}

try
{
    var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
    using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
    using var logs = GatewayLog.CreateFactory();
    OpenFiles.RaiseLimit();

    var settings = GatewaySettings.Parse(args, NuaHome.FromEnvironment());
    await using var gateway = await GatewayHost.StartAsync(settings, TimeProvider.System, logs, CancellationToken.None);
    await told.Task;
    await gateway.StopAsync();
    return 0;

    void End(PosixSignalContext signal)
    {
        signal.Cancel = true;
        told.TrySetResult();
    }
}
catch (GatewayException problem)
{
    await Console.Error.WriteLineAsync($"error: {problem.Refusal.Message} [{problem.Refusal.Code}]\n hint: {problem.Refusal.Hint}");
    return problem.ExitCode;
}
