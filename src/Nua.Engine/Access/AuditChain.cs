using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Nua.Engine.Access;

/// <summary>Binds every record to all before it, so that a change of one shows in those after it.</summary>
public static class AuditChain
{
    /// <summary>What the first record follows.</summary>
    public static string Start { get; } = new('0', 2 * SHA256.HashSizeInBytes);

    /// <summary>The record that follows another.</summary>
    public static AuditRecord Next(AuditRecord? last, AuditEntry entry)
    {
        var number = (last?.Number ?? 0) + 1;
        return new AuditRecord(number, entry, HashOf(last?.Hash ?? Start, number, entry));
    }

    /// <summary>Follows the chain from its start; <paramref name="records"/> are in order.</summary>
    public static async Task<AuditCheck> VerifyAsync(IAsyncEnumerable<AuditRecord> records, CancellationToken cancellation)
    {
        AuditRecord? last = null;
        long? brokenAt = null;
        await foreach (var record in records.WithCancellation(cancellation))
        {
            if (brokenAt is null && record != Next(last, record.Entry))
            {
                brokenAt = record.Number;
            }

            last = record;
        }

        return new AuditCheck(last?.Number ?? 0, brokenAt, last?.Hash ?? Start);
    }

    // Every part with its length before it: no two entries are the same bytes.
    private static string HashOf(string previous, long number, AuditEntry entry)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Convert.FromHexString(previous));
        Append(hash, number);
        Append(hash, entry.At.ToUnixTimeMilliseconds());
        foreach (var text in new[] { entry.Who, entry.From, entry.What, entry.Instance, entry.Outcome })
        {
            var bytes = Encoding.UTF8.GetBytes(text ?? "");
            Append(hash, text is null ? -1 : bytes.Length);
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        hash.AppendData(bytes);
    }
}
