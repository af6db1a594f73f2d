namespace Nua.Server.Doors;

/// <summary>What becomes known of a request while it is answered, for the audit trail.</summary>
internal sealed class AuditNotes
{
    /// <summary>The instance it is about, where the body named it.</summary>
    public string? Instance { get; set; }

    /// <summary>What came of it, in a word and an id: <c>operation 0190f2…</c></summary>
    public string? About { get; set; }

    /// <summary>The notes of a request.</summary>
    public static AuditNotes Of(HttpContext context)
    {
        if (context.Features.Get<AuditNotes>() is { } notes)
        {
            return notes;
        }

        var made = new AuditNotes();
        context.Features.Set(made);
        return made;
    }
}
