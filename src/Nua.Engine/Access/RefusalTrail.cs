namespace Nua.Engine.Access;

/// <summary>
/// Writes refusals into the audit trail so that a flood of them cannot fill the disk: the first of each address within a minute
/// as it was, then their number. Who comes after so many addresses is counted with the others.
/// </summary>
/// <param name="trail">Where they are written.</param>
/// <param name="clock">The time.</param>
public sealed class RefusalTrail(IAuditTrail trail, TimeProvider clock)
{
    /// <summary>How many addresses a minute have a line of their own.</summary>
    public const int MostAddresses = 30;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<(string From, string Who), int> _more = [];
    private DateTimeOffset _since = clock.GetUtcNow();
    private int _others;

    /// <summary>Notes a refusal.</summary>
    public Task NoteAsync(AuditEntry refusal, CancellationToken cancellation) => AppendAsync(Note(refusal), cancellation);

    /// <summary>Writes down what was only counted so far.</summary>
    public Task FlushAsync(CancellationToken cancellation) => AppendAsync(Counted(), cancellation);

    private async Task AppendAsync(IReadOnlyList<AuditEntry> entries, CancellationToken cancellation)
    {
        foreach (var entry in entries)
        {
            await trail.AppendAsync(entry, cancellation);
        }
    }

    private List<AuditEntry> Note(AuditEntry refusal)
    {
        lock (_lock)
        {
            var lines = refusal.At - _since >= Minute ? Begin(refusal.At) : [];
            var key = (refusal.From, refusal.Who);
            if (_more.TryGetValue(key, out var more))
            {
                _more[key] = more + 1;
            }
            else if (_more.Count < MostAddresses)
            {
                _more[key] = 0;
                lines.Add(refusal);
            }
            else
            {
                _others++;
            }

            return lines;
        }
    }

    private List<AuditEntry> Counted()
    {
        lock (_lock)
        {
            var lines = Lines(clock.GetUtcNow());
            _others = 0;
            foreach (var key in _more.Keys)
            {
                _more[key] = 0;
            }

            return lines;
        }
    }

    /// <summary>A new minute begins; answers the lines of the last.</summary>
    private List<AuditEntry> Begin(DateTimeOffset now)
    {
        var lines = Lines(now);
        _more.Clear();
        (_others, _since) = (0, now);
        return lines;
    }

    private List<AuditEntry> Lines(DateTimeOffset now) =>
    [
        .. _more.Where(one => one.Value > 0).Select(one => Line(now, one.Key.Who, one.Key.From, one.Value)),
        .. _others > 0 ? [Line(now, AuditEntry.Nobody, "elsewhere", _others)] : Array.Empty<AuditEntry>(),
    ];

    private static AuditEntry Line(DateTimeOffset now, string who, string from, int number) =>
        new(now, who, from, "more requests", Instance: null, $"refused {number} times");
}
