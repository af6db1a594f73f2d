using System.Security.Cryptography;
using Nua.Core;

namespace Nua.Engine.Access;

/// <summary>A token as it is written: <c>nua_ID_SECRET</c>, both parts in hexadecimal, so that scanners for secrets recognise it.</summary>
/// <param name="Id">64 random bits that name it.</param>
/// <param name="Hash">The SHA-256 of its 256 random bits.</param>
public sealed record TokenText(string Id, byte[] Hash)
{
    private const string Mark = "nua_";
    private const int IdBytes = 8;
    private const int SecretBytes = 32;
    private const int Length = 4 + (2 * IdBytes) + 1 + (2 * SecretBytes);

    /// <summary>Makes one; the text is not kept by anybody but who asked for it.</summary>
    public static (TokenText Token, Secret Text) Make()
    {
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));
        var secret = RandomNumberGenerator.GetBytes(SecretBytes);
        return (new TokenText(id, SHA256.HashData(secret)), new Secret($"{Mark}{id}_{Convert.ToHexStringLower(secret)}"));
    }

    /// <summary>Reads one; <see langword="null"/>: it has not the form of a token.</summary>
    public static TokenText? Parse(string text)
    {
        var parts = text.Split('_');
        if (text.Length != Length || parts is not ["nua", { Length: 2 * IdBytes } id, { Length: 2 * SecretBytes } secret])
        {
            return null;
        }

        return IsHex(id) && IsHex(secret) ? new TokenText(id, SHA256.HashData(Convert.FromHexString(secret))) : null;
    }

    /// <summary>Whether it is the known one; takes the same time whatever the answer.</summary>
    public bool Is(KnownToken known) => CryptographicOperations.FixedTimeEquals(Hash, known.Hash);

    private static bool IsHex(string text) => text.All(char.IsAsciiHexDigitLower);
}
