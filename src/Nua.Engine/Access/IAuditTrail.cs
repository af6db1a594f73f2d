namespace Nua.Engine.Access;

/// <summary>What was asked and refused, in order: only ever added to.</summary>
/// <remarks>Every implementation, the in-memory one included, passes <c>AuditTrailContract</c>.</remarks>
public interface IAuditTrail
{
    /// <summary>Adds an entry at the end of the chain; on disk when it answers.</summary>
    Task AppendAsync(AuditEntry entry, CancellationToken cancellation);

    /// <summary>The newest records, the newest first.</summary>
    Task<IReadOnlyList<AuditRecord>> ListAsync(int limit, CancellationToken cancellation);

    /// <summary>Follows the whole chain.</summary>
    Task<AuditCheck> VerifyAsync(CancellationToken cancellation);
}
