using Nua.Api;
using Nua.Engine.Access;

namespace Nua.Server.Views;

/// <summary>The audit trail as it travels.</summary>
internal static class AuditViews
{
    /// <summary>Records as they travel.</summary>
    public static AuditList Of(IReadOnlyList<AuditRecord> records) => new([.. records.Select(Of)]);

    /// <summary>What a look at the whole chain found.</summary>
    public static AuditCheckView Of(AuditCheck check) => new(check.Records, check.Head, check.BrokenAt);

    private static AuditRecordView Of(AuditRecord record)
    {
        var entry = record.Entry;
        return new AuditRecordView(
            record.Number, entry.At, entry.Who, entry.From, entry.What, entry.Outcome, record.Hash, entry.Instance);
    }
}
