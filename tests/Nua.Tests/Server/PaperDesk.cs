using System.Collections.Concurrent;
using Nua.Api;
using Nua.Core.Problems;
using Nua.Drivers.Routing;

namespace Nua.Tests.Server;

/// <summary>Certificates that are only spoken about: <c>bad.example.org</c> is served badly, all others well.</summary>
internal sealed class PaperDesk : ICertificateDesk
{
    public const string Badly = "bad.example.org";

    private static readonly DateTimeOffset Then = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>What was asked for.</summary>
    public ConcurrentQueue<string> Asked { get; } = [];

    public Task<IReadOnlyList<CertificateView>> CertificatesAsync(CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<CertificateView>>([ViewOf("shop.example.org"), ViewOf(Badly)]);

    public Task<ServedList> CheckCertificatesAsync(string? name, CancellationToken cancellation) =>
        Task.FromResult(new ServedList([.. (name is null ? ["shop.example.org", Badly] : new[] { name }).Select(Seen)]));

    public Task<CertificateView> RenewCertificateAsync(string name, bool force, CancellationToken cancellation) => force
        ? Told($"renew {name}", ViewOf(name))
        : throw new NuaException(new Problem(ProblemKind.Conflict, "gateway.not-due", "It is good for long.", "Use --force."));

    public Task<ImportedView> ImportCertificateAsync(ImportBody body, CancellationToken cancellation) =>
        Told($"import {body.Certificates} {body.Key}", new ImportedView(["shop.example.org"], "01", Then));

    public Task<ImportedList> RemoveCertificateAsync(string name, CancellationToken cancellation) =>
        Told($"remove {name}", new ImportedList([new ImportedView([name], "01", Then)]));

    public Task<CertificateView> RevokeCertificateAsync(string name, string reason, CancellationToken cancellation) =>
        Told($"revoke {name} {reason}", ViewOf(name));

    public Task<AccountList> RollOverAsync(string? authority, CancellationToken cancellation) =>
        Told($"rollover {authority}", new AccountList([new AccountView("own", "https://ca.example.org/account/1")]));

    private static CertificateView ViewOf(string host) => new(host, Then, Then, "own", 0, null) { Served = Seen(host) };

    private static ServedView Seen(string host) => new(host, Then, "01", Then, host == Badly ? "it ended" : null, Warning: null);

    private Task<T> Told<T>(string what, T answer)
    {
        Asked.Enqueue(what);
        return Task.FromResult(answer);
    }
}
