using Nua.Api;
using Nua.Core.Problems;
using Nua.Server;
using Nua.Server.Doors;
using Nua.Server.Listening;
using Nua.Server.Schedules;
using Nua.Server.Settings;
using Nua.Server.Views;

if (args is ["--version"])
{
    Console.WriteLine(StatusDesk.Version);
    return 0;
}

try
{
    var home = NuaHome.FromEnvironment();
    using var alone = HomeLock.Take(home);
    var settings = SettingsFile.Read(home);
    using var logs = LoggerFactory.Create(ServerLog.Configure);
    var log = logs.CreateLogger("Nua");
    var door = RemoteDoor.Of(home, settings.Api, log);
    var builder = ServerHost.CreateBuilder(home, door);
    var house = await House.FurnishAsync(home, settings, CancellationToken.None);
    var plane = new ControlPlane(house with { Door = door }, log);
    var gateway = new GatewayKeeper(home, settings.Gateway, settings.Certificates, log);
    builder.Services.AddHostedService(services => new ReconcileClock(
        plane, gateway.HaveAsync, services.GetRequiredService<ILogger<ReconcileClock>>()));

    await using var app = builder.Build();
    ServerHost.Map(app, plane);
    await ServerHost.RunAsync(app, plane);
    return 0;
}
catch (NuaException failure)
{
    var problem = ProblemViews.Of(failure.Problem);
    await Console.Error.WriteLineAsync($"error: {problem.Detail} [{problem.Code}]\n hint: {problem.Hint}");
    return problem.Exit;
}
