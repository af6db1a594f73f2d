namespace Nua.Engine.Access;

/// <summary>What was asked and refused, in order: only ever added to.</summary>
/// <remarks>Every implementation, the in-memory one included, passes <c>AuditTrailContract</c>.</remarks>
public interface IAuditTrail
{
    /// <summary>Adds an entry at the end of the chain; on disk when it answers.</summary>
    Task AppendAsync(AuditEntry entry, CancellationToken cancellation);

    /// <summary>The records that are asked for, the newest first.</summary>
    Task<IReadOnlyList<AuditRecord>> ListAsync(AuditQuery query, CancellationToken cancellation);

    /// <summary>Follows the whole chain, record by record: it may be longer than memory.</summary>
    Task<AuditCheck> VerifyAsync(CancellationToken cancellation);
}
