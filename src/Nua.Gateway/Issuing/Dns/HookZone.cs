using Nua.Api;

namespace Nua.Gateway.Issuing.Dns;

/// <summary>A program of the operator's that knows how records are published where the zone is.</summary>
internal sealed class HookZone(DnsProgramEntry entry) : IDnsZone
{
    public Task PublishAsync(TextRecord record, CancellationToken cancellation) => RunAsync("publish", record, cancellation);

    public Task WithdrawAsync(TextRecord record, CancellationToken cancellation) => RunAsync("withdraw", record, cancellation);

    private Task RunAsync(string verb, TextRecord record, CancellationToken cancellation) =>
        new ZoneProgram(entry.Command[0], [.. entry.Command.Skip(1), verb, record.Name, record.Value])
        {
            Environment = entry.Environment,
            IfMissing = "correct 'program' in nua.toml",
        }.RunAsync(cancellation);
}
