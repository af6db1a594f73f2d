using System.Buffers;
using System.Buffers.Binary;

namespace Nua.Gateway.Listening;

/// <summary>What a client says first (RFC 8446, section 4.1.2), as far as somebody has to know before the handshake: what it wants to speak.</summary>
internal static class ClientHello
{
    private const int RecordHeader = 5;
    private const byte Handshake = 22;
    private const byte Hello = 1;
    private const int ProtocolNegotiation = 16;

    /// <summary>What comes before the lists: a length of three bytes, the version, the random bytes.</summary>
    private const int Fixed = 3 + 2 + 32;

    /// <summary>Whether the client offers that protocol and no other; <see langword="null"/>: more has to be read to know.</summary>
    /// <remarks>A message that goes on in a second record is none that was looked for: those who offer one protocol are brief.</remarks>
    public static bool? OffersOnly(ReadOnlySequence<byte> bytes, ReadOnlySpan<byte> protocol)
    {
        if (bytes.Length > 0 && bytes.FirstSpan[0] != Handshake)
        {
            return false;
        }

        if (bytes.Length < RecordHeader)
        {
            return null;
        }

        Span<byte> header = stackalloc byte[RecordHeader];
        bytes.Slice(0, RecordHeader).CopyTo(header);
        var length = BinaryPrimitives.ReadUInt16BigEndian(header[3..]);
        return bytes.Length < RecordHeader + length ? null : OffersOnly(bytes.Slice(RecordHeader, length).ToArray(), protocol);
    }

    private static bool OffersOnly(byte[] message, ReadOnlySpan<byte> protocol)
    {
        var hello = new Reading(message);
        if (hello.Byte() != Hello)
        {
            return false;
        }

        hello.Take(Fixed);
        hello.Take(hello.Byte());
        hello.Take(hello.Short());
        hello.Take(hello.Byte());
        var extensions = new Reading(hello.Take(hello.Short()));
        while (!extensions.IsOver)
        {
            var type = extensions.Short();
            var body = new Reading(extensions.Take(extensions.Short()));
            if (type == ProtocolNegotiation)
            {
                var offers = new Reading(body.Take(body.Short()));
                return offers.Take(offers.Byte()).SequenceEqual(protocol) && offers.IsOver;
            }
        }

        return false;
    }

    /// <summary>Reads on; beyond the end there is nothing but zeros and emptiness.</summary>
    private ref struct Reading(ReadOnlySpan<byte> rest)
    {
        private ReadOnlySpan<byte> _rest = rest;

        public readonly bool IsOver => _rest.IsEmpty;

        public ReadOnlySpan<byte> Take(int length)
        {
            var taken = length > _rest.Length ? [] : _rest[..length];
            _rest = length > _rest.Length ? [] : _rest[length..];
            return taken;
        }

        public int Byte() => Take(1) is [var value] ? value : 0;

        public int Short() => Take(2) is [var high, var low] ? (high << 8) | low : 0;
    }
}
