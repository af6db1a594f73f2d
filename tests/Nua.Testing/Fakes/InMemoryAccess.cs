using Nua.Core.Problems;
using Nua.Engine.Access;

namespace Nua.Testing.Fakes;

/// <summary>Tokens that live as long as the test.</summary>
public sealed class InMemoryAccessStore : IAccessStore
{
    private readonly Lock _lock = new();
    private readonly List<KnownToken> _known = [];

    public Task AddAsync(KnownToken token, CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (_known.Any(known => known.Token.Name == token.Token.Name))
            {
                throw new NuaException(AccessProblems.NameTaken(token.Token.Name));
            }

            _known.Add(token);
        }

        return Task.CompletedTask;
    }

    public Task<KnownToken?> FindAsync(string id, CancellationToken cancellation)
    {
        lock (_lock)
        {
            return Task.FromResult(_known.Find(known => known.Token.Id == id));
        }
    }

    public Task<IReadOnlyList<AccessToken>> ListAsync(CancellationToken cancellation)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<AccessToken>>(
                [.. _known.Select(known => known.Token).OrderBy(token => token.Name, StringComparer.Ordinal)]);
        }
    }

    public Task<bool> RemoveAsync(string id, CancellationToken cancellation)
    {
        lock (_lock)
        {
            return Task.FromResult(_known.RemoveAll(known => known.Token.Id == id) > 0);
        }
    }
}

/// <summary>An audit trail that lives as long as the test.</summary>
public sealed class InMemoryAuditTrail : IAuditTrail
{
    private readonly Lock _lock = new();
    private readonly List<AuditRecord> _records = [];

    /// <summary>Why nothing can be written, such as a full disk.</summary>
    public Problem? Failure { get; set; }

    public Task AppendAsync(AuditEntry entry, CancellationToken cancellation)
    {
        if (Failure is not null)
        {
            throw new NuaException(Failure);
        }

        lock (_lock)
        {
            _records.Add(AuditChain.Next(_records.LastOrDefault(), entry));
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<AuditRecord>> ListAsync(AuditQuery query, CancellationToken cancellation)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<AuditRecord>>(
            [
                .. _records.AsEnumerable().Reverse()
                    .Where(record => record.Entry.At >= (query.Since ?? DateTimeOffset.MinValue))
                    .Where(record => query.Instance is null || record.Entry.Instance == query.Instance)
                    .Take(query.Limit),
            ]);
        }
    }

    /// <summary>Changes a record, as somebody might who gets at the file.</summary>
    public void Forge(int number)
    {
        lock (_lock)
        {
            var record = _records[number - 1];
            _records[number - 1] = record with { Entry = record.Entry with { Who = "eve" } };
        }
    }

    public Task<AuditCheck> VerifyAsync(CancellationToken cancellation)
    {
        lock (_lock)
        {
            return AuditChain.VerifyAsync(_records.ToList().ToAsyncEnumerable(), cancellation);
        }
    }
}
