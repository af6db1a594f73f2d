using System.Buffers;
using System.Globalization;
using System.Text;
using Nua.Engine.Runtimes;

namespace Nua.Drivers.Runtimes.Docker;

/// <summary>Makes lines of one output stream of a container, read in pieces, each line led by the engine's timestamp.</summary>
internal sealed class LogAssembly(bool isError)
{
    /// <summary><c>2026-11-22T23:38:11.123456789Z </c></summary>
    private const int StampLength = 31;

    /// <summary>The engine keeps longer lines in parts of this size, and stamps each.</summary>
    private const int PartLength = 16 * 1024;

    /// <summary>A program that never ends its line must not fill the memory.</summary>
    private const int LongestLine = 1024 * 1024;

    private readonly ArrayBufferWriter<byte> _line = new();

    public IEnumerable<LogLine> Add(ReadOnlyMemory<byte> piece)
    {
        while (piece.Length > 0)
        {
            var end = piece.Span.IndexOf((byte)'\n');
            _line.Write(piece.Span[..(end < 0 ? piece.Length : end)]);
            piece = end < 0 ? default : piece[(end + 1)..];
            if (end >= 0 || _line.WrittenCount > LongestLine)
            {
                yield return Take();
            }
        }
    }

    /// <summary>What stands behind the last line's end, if anything.</summary>
    public IEnumerable<LogLine> Finish() => _line.WrittenCount > 0 ? [Take()] : [];

    private LogLine Take()
    {
        var bytes = _line.WrittenSpan;
        var at = StampOf(bytes) ?? DateTimeOffset.UnixEpoch;

        using var text = new MemoryStream();
        while (StampOf(bytes) is not null)
        {
            bytes = bytes[StampLength..];
            var part = bytes[..Math.Min(bytes.Length, PartLength)];
            text.Write(part);
            bytes = bytes[part.Length..];
        }

        text.Write(bytes);
        _line.ResetWrittenCount();
        return new LogLine(at, isError, Encoding.UTF8.GetString(text.GetBuffer().AsSpan(0, (int)text.Length)).TrimEnd('\r'));
    }

    private static DateTimeOffset? StampOf(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= StampLength
        && bytes[StampLength - 1] == ' '
        && DateTimeOffset.TryParse(
            Encoding.ASCII.GetString(bytes[..(StampLength - 1)]), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? at
            : null;
}
