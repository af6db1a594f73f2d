using System.Buffers.Binary;
using System.Text;

namespace Nua.Agent.Sbom.Readers;

/// <summary>Finds named sections of a program (ELF, 64 bits, little-endian: what both x86-64 and ARM run).</summary>
internal static class ElfSections
{
    private const int HeaderLength = 64;

    private const int MostSections = 4096;

    private const long LongestSection = 64 << 20;

    /// <summary>Those of the names that it has.</summary>
    public static Dictionary<string, byte[]> Read(FileStream program, params IReadOnlyList<string> names)
    {
        var header = new byte[HeaderLength];
        if (program.ReadAtLeast(header, HeaderLength, throwOnEndOfStream: false) < HeaderLength || !IsElf(header))
        {
            return [];
        }

        var (count, namesAt) = (U16(header, 0x3C), U16(header, 0x3E));
        if (count is 0 or > MostSections || namesAt >= count || U16(header, 0x3A) != HeaderLength)
        {
            return [];
        }

        var table = Bytes(program, U64(header, 0x28), count * HeaderLength);
        var texts = SectionOf(program, table.AsSpan(namesAt * HeaderLength, HeaderLength));
        var found = new Dictionary<string, byte[]>();
        for (var at = 0; at < count; at++)
        {
            var entry = table.AsSpan(at * HeaderLength, HeaderLength);
            var name = NameAt(texts, U32(entry, 0));
            if (names.Contains(name))
            {
                found[name] = SectionOf(program, entry);
            }
        }

        return found;
    }

    private static bool IsElf(ReadOnlySpan<byte> header) => header.StartsWith("\u007fELF\u0002\u0001"u8);

    private static byte[] SectionOf(FileStream program, ReadOnlySpan<byte> entry) => Bytes(program, U64(entry, 0x18), U64(entry, 0x20));

    private static byte[] Bytes(FileStream program, long offset, long length)
    {
        if (offset < 0 || length is < 0 or > LongestSection || offset > program.Length - length)
        {
            throw new InvalidDataException();
        }

        var bytes = new byte[length];
        program.Position = offset;
        program.ReadExactly(bytes);
        return bytes;
    }

    private static string NameAt(ReadOnlySpan<byte> texts, uint at)
    {
        var rest = at < texts.Length ? texts[(int)at..] : [];
        return Encoding.ASCII.GetString(rest.IndexOf((byte)0) is >= 0 and var end ? rest[..end] : rest);
    }

    private static int U16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint U32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static long U64(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt64LittleEndian(bytes[at..]);
}
