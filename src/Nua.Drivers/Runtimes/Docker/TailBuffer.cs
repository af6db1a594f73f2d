using System.Text;

namespace Nua.Drivers.Runtimes.Docker;

/// <summary>Keeps the end of what a program wrote: where the answer stands, or the reason it gave up.</summary>
internal sealed class TailBuffer(int limit)
{
    private readonly List<byte> _bytes = [];

    public void Add(ReadOnlySpan<byte> piece)
    {
        _bytes.AddRange(piece);
        if (_bytes.Count > 2 * limit)
        {
            _bytes.RemoveRange(0, _bytes.Count - limit);
        }
    }

    public override string ToString() => Encoding.UTF8.GetString([.. _bytes.TakeLast(limit)]);
}
