using System.Text.Json;
using Microsoft.Data.Sqlite;
using Nua.Core.Names;
using Nua.Core.Problems;
using Nua.Engine;
using Nua.Engine.Deploy;
using Nua.Engine.State;

namespace Nua.Drivers.State.Sqlite;

/// <summary>Instances and their deployments in the state file.</summary>
public sealed class SqliteJournal(SqliteDatabase database) : IJournal
{
    public Task<IReadOnlyList<InstanceRecord>> InstancesAsync(CancellationToken cancellation) =>
        ReadInstancesAsync("WHERE desired IN ('Started', 'Stopped', 'Paused') ORDER BY name", cancellation);

    public Task<IReadOnlyList<InstanceRecord>> WithDataAsync(CancellationToken cancellation) =>
        ReadInstancesAsync("WHERE desired <> 'Erased' ORDER BY name", cancellation);

    public async Task<InstanceRecord?> FindAsync(InstanceName name, CancellationToken cancellation) =>
        await ReadInstancesAsync("WHERE name = $name", cancellation, ("$name", name.ToString())) is [var found] ? found : null;

    public async Task<Deployment?> DeploymentAsync(InstanceName name, int number, CancellationToken cancellation) =>
        await ReadDeploymentsAsync("AND number = $number", name, cancellation, ("$number", number)) is [var found] ? found : null;

    public Task<IReadOnlyList<Deployment>> HistoryAsync(InstanceName name, CancellationToken cancellation) =>
        ReadDeploymentsAsync("ORDER BY number DESC", name, cancellation);

    public Task CommitAsync(Deployment deployment, CancellationToken cancellation) => database.WriteAsync(
        async connection =>
        {
            await RefuseTakenDomainAsync(connection, deployment);
            await SqliteDatabase.ExecuteAsync(
                connection,
                "INSERT INTO deployment (instance, number, record) VALUES ($instance, $number, $record) ON CONFLICT DO NOTHING",
                CancellationToken.None,
                ("$instance", deployment.Instance.ToString()),
                ("$number", deployment.Number),
                ("$record", JsonSerializer.Serialize(deployment, EngineJson.Default.Deployment)));
            return await SqliteDatabase.ExecuteAsync(
                connection,
                "INSERT INTO instance (name, app_id, desired, deployment, domain, created_at) "
                + "VALUES ($name, $app, 'Started', $deployment, $domain, $at) ON CONFLICT (name) DO UPDATE "
                + "SET app_id = $app, desired = 'Started', deployment = $deployment, domain = $domain",
                CancellationToken.None,
                ("$name", deployment.Instance.ToString()),
                ("$app", deployment.AppId),
                ("$deployment", deployment.Number),
                ("$domain", deployment.Domain),
                ("$at", Stamp.Of(deployment.At)));
        },
        cancellation);

    public Task SetDesiredAsync(InstanceName name, DesiredState desired, CancellationToken cancellation) => database.WriteAsync(
        "UPDATE instance SET desired = $desired WHERE name = $name",
        cancellation,
        ("$name", name.ToString()),
        ("$desired", desired.ToString()));

    /// <summary>All writes are one after the other, so what is free here is free when it is taken; an index watches over it all the same.</summary>
    private static async Task RefuseTakenDomainAsync(SqliteConnection connection, Deployment deployment)
    {
        var holders = await SqliteDatabase.ReadAsync(
            connection,
            "SELECT name, domain FROM instance WHERE desired IN ('Started', 'Stopped', 'Paused')",
            row => (InstanceName.Parse(row.GetString(0)), row.GetString(1)),
            CancellationToken.None);
        if (AddressHolder.Of(deployment.Domain, deployment.Instance, holders) is { } holder)
        {
            throw new NuaException(
                DeployProblems.DomainTaken(deployment.Instance, deployment.Domain, holder.Name.ToString(), holder.Domain));
        }
    }

    private Task<IReadOnlyList<InstanceRecord>> ReadInstancesAsync(
        string where, CancellationToken cancellation, params (string Name, object? Value)[] values) => database.ReadAsync(
        $"SELECT name, app_id, desired, deployment, domain, created_at FROM instance {where}",
        row => new InstanceRecord(
            InstanceName.Parse(row.GetString(0)),
            row.GetString(1),
            Enum.Parse<DesiredState>(row.GetString(2)),
            row.GetInt32(3),
            row.GetString(4),
            Stamp.From(row, 5)!.Value),
        cancellation,
        values);

    private Task<IReadOnlyList<Deployment>> ReadDeploymentsAsync(
        string rest, InstanceName name, CancellationToken cancellation, params (string Name, object? Value)[] values) => database.ReadAsync(
        $"SELECT record FROM deployment WHERE instance = $instance {rest}",
        row => JsonSerializer.Deserialize(row.GetString(0), EngineJson.Default.Deployment)!,
        cancellation,
        [("$instance", name.ToString()), .. values]);
}
