using System.Text;

namespace Nua.Core.Packages.Reading;

/// <summary>Turns the offset of a byte into a line and a column of characters.</summary>
internal sealed class LineIndex
{
    private readonly byte[] _bytes;
    private readonly List<int> _starts = [0];

    public LineIndex(byte[] bytes)
    {
        _bytes = bytes;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] == (byte)'\n')
            {
                _starts.Add(i + 1);
            }
        }
    }

    public Place PlaceOf(long offset)
    {
        var found = _starts.BinarySearch((int)offset);
        var line = found >= 0 ? found : ~found - 1;
        var column = Encoding.UTF8.GetCharCount(_bytes, _starts[line], (int)offset - _starts[line]);
        return new Place(line + 1, column + 1);
    }
}
