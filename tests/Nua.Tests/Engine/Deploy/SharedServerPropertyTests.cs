using CsCheck;
using Nua.Core.Names;
using Nua.Engine.Deploy;
using Nua.Engine.Deploy.Values;
using Nua.Engine.State;
using Xunit;

namespace Nua.Tests.Engine.Deploy;

/// <summary>Whatever is done to instances that share a server, in whatever order and wherever Nua dies, each has its own and no other's.</summary>
public sealed class SharedServerPropertyTests
{
    private static readonly InstanceName[] Names = [.. new[] { "notes", "wiki", "shared-fake-sql-2" }.Select(InstanceName.Parse)];

    private static CancellationToken Cancellation => DeployWorld.Cancellation;

    [Fact]
    public Task Tenants_and_their_server_agree() =>
        Gen.Select(Gen.Int[0, 8], Gen.Int[0, Names.Length - 1], Gen.Int[0, 60]).Array[1, 14].SampleAsync(
            async steps =>
            {
                var world = new DeployWorld();
                foreach (var (verb, name, dieAfter) in steps)
                {
                    // Half of the time it dies nowhere.
                    world.Log.DieAtWrite = dieAfter is 0 or > 30 ? 0 : world.Log.Writes + dieAfter;
                    await DoAsync(world, verb, Names[name]);
                    await world.RestartAsync();
                    await AssertAgreeAsync(world);
                }
            },
            iter: 60);

    private static Task DoAsync(DeployWorld world, int verb, InstanceName name) => verb switch
    {
        0 or 1 => world.ShareAsync($"{name}"),
        2 => world.RunAsync(new DeployInstance(world.Seams, world.Runner), new DeployRequest("nua-notes:1.0", name)),
        3 => world.RunAsync(new DestroyInstance(world.Seams), new DestroyRequest(name)),
        4 => world.RunAsync(new DestroyInstance(world.Seams), new DestroyRequest(name, WithData: true, AcceptDataLoss: true)),
        5 => world.RunAsync(new StopInstance(world.Seams), new InstanceRequest(name)),
        6 => world.RunAsync(new StartInstance(world.Seams), new InstanceRequest(name)),
        7 => world.RunAsync(new RotateSecrets(world.Seams), new RotateRequest(name, [])),
        _ => world.RunAsync(new RestartInstance(world.Seams), new InstanceRequest(name)),
    };

    private static async Task AssertAgreeAsync(DeployWorld world)
    {
        Assert.Empty(world.Bugs);
        Assert.Empty(await world.Log.UnfinishedAsync(Cancellation));
        var owed = new HashSet<string>();
        foreach (var record in await world.Journal.WithDataAsync(Cancellation))
        {
            var deployment = (await world.Journal.DeploymentAsync(record.Name, record.Deployment, Cancellation))!;
            foreach (var tenancy in deployment.Tenancies)
            {
                owed.Add($"nua {record.Name} 0 {tenancy.Role} {tenancy.Operation}");
                if (record.Desired is DesiredState.Started)
                {
                    await AssertServedAsync(world, deployment, tenancy);
                }
            }
        }

        Assert.Equal(owed.Order(StringComparer.Ordinal), world.Server.Tenants.Values.Select(tenant => tenant.Mark).Order(StringComparer.Ordinal));
    }

    /// <summary>The app runs, its server is in its network, and knows the password that the app has.</summary>
    private static async Task AssertServedAsync(DeployWorld world, Deployment tenant, Tenancy tenancy)
    {
        var server = (await world.Journal.FindAsync(tenancy.Server, Cancellation))!;
        Assert.Equal(DesiredState.Started, server.Desired);
        var app = world.Runtime.SpecOf(tenant.App.Name);
        Assert.Contains(tenant.App.Name, world.Runtime.Running);
        var host = (await world.Journal.DeploymentAsync(server.Name, server.Deployment, Cancellation))!.App.Name;
        Assert.Contains(host, world.Runtime.Running);
        Assert.Equal([$"{host} as {tenancy.Role}"], world.Runtime.GuestsOf(tenant.Network));
        Assert.Equal(app.Secrets["DB_PASSWORD"], world.Server.Tenants[app.Environment["DB_USER"]].Password);
    }
}
