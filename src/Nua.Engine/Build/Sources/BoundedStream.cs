namespace Nua.Engine.Build.Sources;

/// <summary>
/// A stream of somebody's that may give only so much: all together, and at once. Who reads it asks for as much at once as the
/// stream itself said it has, so what it said is refused before it is believed.
/// </summary>
internal sealed class BoundedStream(Stream inner, long mostBytes, int mostAtOnce = BoundedStream.LongestHeader) : Stream
{
    /// <summary>No header of an archive's entry is longer, and no buffer of ours.</summary>
    private const int LongestHeader = 1 << 20;

    /// <summary>What may still be read.</summary>
    public long Left { get; set; } = mostBytes;

    public override bool CanRead => true;

    public override bool CanSeek => inner.CanSeek;

    public override bool CanWrite => false;

    public override long Length => inner.Length;

    public override long Position
    {
        get => inner.Position;
        set => inner.Position = value;
    }

    public override int Read(Span<byte> buffer)
    {
        Check(buffer.Length);
        return Counted(inner.Read(buffer));
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Check(buffer.Length);
        return Counted(await inner.ReadAsync(buffer, cancellationToken));
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);

    public override void Flush()
    {
        // There is nothing to write.
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private void Check(int count)
    {
        if (count > mostAtOnce)
        {
            throw new UnpackingException(UnpackingFault.TooLarge, "", $"it has a header of {count} bytes");
        }
    }

    private int Counted(int read) => (Left -= read) >= 0
        ? read
        : throw new UnpackingException(UnpackingFault.TooLarge, "", "it has more than is taken");
}
