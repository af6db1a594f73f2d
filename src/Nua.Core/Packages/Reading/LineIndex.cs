using System.Text;

namespace Nua.Core.Packages.Reading;

/// <summary>Turns the offset of a byte into a line and a column of characters.</summary>
internal sealed class LineIndex
{
    private readonly byte[] _bytes;
    private readonly List<int> _starts = [0];

    // A reader asks from left to right. Counting on from the last answer keeps a file that is one long line linear.
    private int _offset;
    private int _column;

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
        return PlaceOf(found >= 0 ? found : ~found - 1, (int)offset);
    }

    /// <param name="line">The line, from 0.</param>
    /// <param name="bytesInLine">How many of its bytes come before.</param>
    public Place PlaceInLine(int line, int bytesInLine)
    {
        var known = Math.Min(line, _starts.Count - 1);
        return PlaceOf(known, Math.Min(_starts[known] + bytesInLine, _bytes.Length));
    }

    private Place PlaceOf(int line, int offset)
    {
        if (_offset < _starts[line] || _offset > offset)
        {
            (_offset, _column) = (_starts[line], 0);
        }

        _column += Encoding.UTF8.GetCharCount(_bytes, _offset, offset - _offset);
        _offset = offset;
        return new Place(line + 1, _column + 1);
    }
}
