using System.Buffers.Binary;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Nua.Drivers.Runtimes.Docker;

/// <summary>
/// Ranges of addresses for networks once the engine's own have run out: it has some thirty as it is installed, and every instance
/// has a network. Each holds 61 workloads; there are 1,024, all of 10.83.0.0/16.
/// </summary>
internal static class SubnetPool
{
    private const int PrefixBits = 26;
    private const int Ranges = 1024;
    private const int RangesPerByte = 4;

    /// <summary>Those that overlap with nothing that is taken, in order.</summary>
    public static IEnumerable<IPNetwork> Free(IReadOnlyList<IPNetwork> taken) => Enumerable.Range(0, Ranges)
        .Select(number => new IPNetwork(
            new IPAddress([10, 83, (byte)(number / RangesPerByte), (byte)(number % RangesPerByte << (32 - PrefixBits))]), PrefixBits))
        .Where(range => !taken.Any(other => other.Contains(range.BaseAddress) || range.Contains(other.BaseAddress)));

    /// <summary>The ranges that this machine itself is in.</summary>
    public static IReadOnlyList<IPNetwork> OfThisMachine() =>
    [
        .. from card in NetworkInterface.GetAllNetworkInterfaces()
           from address in card.GetIPProperties().UnicastAddresses
           where address.Address.AddressFamily is AddressFamily.InterNetwork
           select RangeOf(address.Address, address.PrefixLength),
    ];

    private static IPNetwork RangeOf(IPAddress address, int prefixBits)
    {
        var mask = prefixBits == 0 ? 0 : uint.MaxValue << (32 - prefixBits);
        var bytes = address.GetAddressBytes();
        var number = BinaryPrimitives.ReadUInt32BigEndian(bytes) & mask;
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        return new IPNetwork(new IPAddress(bytes), prefixBits);
    }
}
