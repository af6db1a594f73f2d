using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Nua.Gateway.Visitors;

/// <summary>How many connections each address has, so that none takes them all. This machine's own proxies are not counted.</summary>
/// <param name="most">How many one may have.</param>
internal sealed class AddressShares(int most)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<UInt128, int> _counts = [];

    /// <summary>Counts one more of that address; <see langword="false"/>: it has its share already.</summary>
    public bool TryEnter(IPAddress address)
    {
        if (IPAddress.IsLoopback(address))
        {
            return true;
        }

        lock (_lock)
        {
            ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(_counts, KeyOf(address), out _);
            if (count >= most)
            {
                return false;
            }

            count++;
            return true;
        }
    }

    /// <summary>Takes one off that entered.</summary>
    public void Leave(IPAddress address)
    {
        if (IPAddress.IsLoopback(address))
        {
            return;
        }

        lock (_lock)
        {
            if (--CollectionsMarshal.GetValueRefOrAddDefault(_counts, KeyOf(address), out _) == 0)
            {
                _counts.Remove(KeyOf(address));
            }
        }
    }

    // Whoever has one IPv6 address has the 2^64 around it.
    private static UInt128 KeyOf(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.MapToIPv6().TryWriteBytes(bytes, out _);
        var whole = address.AddressFamily == AddressFamily.InterNetwork || address.IsIPv4MappedToIPv6;
        return BinaryPrimitives.ReadUInt128BigEndian(bytes) >> (whole ? 0 : 64);
    }
}
