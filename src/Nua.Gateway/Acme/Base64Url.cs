using System.Text;

namespace Nua.Gateway.Acme;

/// <summary>RFC 4648, section 5, without padding: how ACME writes bytes.</summary>
internal static class Base64Url
{
    public static string Of(ReadOnlySpan<byte> bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);

    public static string Of(string text) => Of(Encoding.UTF8.GetBytes(text));

    /// <exception cref="FormatException">It is something else.</exception>
    public static byte[] Read(string text) => System.Buffers.Text.Base64Url.DecodeFromChars(text);
}
