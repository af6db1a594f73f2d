using System.Reflection;

namespace Nua.Engine.Build.Scripts;

/// <summary>The Python package <c>nua</c>, which packagers' scripts import. It is part of this program.</summary>
internal static class PythonPackage
{
    /// <summary>Where an image has it: the distribution's Python finds it there, and so do virtual environments that see that one's packages.</summary>
    public const string Place = "/usr/lib/python3/dist-packages/nua";

    public const string Context = "nua/python";

    private const string Prefix = "python/";

    /// <summary>Its files, by path in the build context.</summary>
    public static IReadOnlyDictionary<string, string> Texts { get; } = typeof(PythonPackage).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .ToDictionary(name => $"{Context}/{name[Prefix.Length..]}", TextOf);

    /// <summary>The text of a file that is part of this program.</summary>
    public static string TextOf(string resource)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
