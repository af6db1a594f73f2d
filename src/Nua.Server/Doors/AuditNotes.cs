namespace Nua.Server.Doors;

/// <summary>What becomes known of a request while it is answered, for the audit trail.</summary>
internal sealed class AuditNotes
{
    private readonly List<string> _instances = [];

    /// <summary>The instances it is about, beside the one in its route.</summary>
    public IReadOnlyList<string> Instances => _instances;

    /// <summary>What came of it, in a word and an id: <c>operation 0190f2…</c></summary>
    public string? About { get; set; }

    /// <summary>It is about the instance of that subject: jobs and commands of an instance are called after it, NAME/cron-x.</summary>
    public void Concern(string subject) => _instances.Add(subject.Split('/')[0]);

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
