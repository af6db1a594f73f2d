using System.Security.Cryptography;

namespace Nua.Drivers.Images.Distro;

/// <summary>The content of a file, as a hash; empty while there is no such file.</summary>
internal static class FileStamp
{
    public static string Of(string file)
    {
        if (!File.Exists(file))
        {
            return "";
        }

        using var content = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(content));
    }
}
