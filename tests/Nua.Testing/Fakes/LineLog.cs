namespace Nua.Testing.Fakes;

/// <summary>Keeps lines in the order they were reported (<see cref="Progress{T}"/> does not promise that).</summary>
public sealed class LineLog : IProgress<string>
{
    private readonly Lock _writing = new();
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_writing)
            {
                return [.. _lines];
            }
        }
    }

    public void Report(string value)
    {
        lock (_writing)
        {
            _lines.Add(value);
        }
    }
}
