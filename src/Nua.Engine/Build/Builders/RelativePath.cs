namespace Nua.Engine.Build.Builders;

/// <summary>A path below a folder, as a packager writes it.</summary>
internal static class RelativePath
{
    /// <summary>
    /// <c>./a//b/</c> is <c>a/b</c>, <c>.</c> is empty; <see langword="null"/> when it leads out, or has signs that commands
    /// would stumble over.
    /// </summary>
    public static string? Clean(string path)
    {
        var parts = path.Split('/').Where(part => part is not ("" or ".")).ToList();
        return path.StartsWith('/') || parts.Contains("..") || path.Any(Trips) ? null : string.Join('/', parts);
    }

    /// <summary>A path below a folder; either may be empty.</summary>
    public static string Join(string folder, string path) =>
        folder.Length == 0 || path.Length == 0 ? folder + path : $"{folder}/{path}";

    private static bool Trips(char letter) => char.IsWhiteSpace(letter) || letter is '"' or '\'' or ';' or '$';
}
