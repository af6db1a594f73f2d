namespace Nua.Core.Detecting;

/// <summary>An archive that Java runs lies in the folder, without its source.</summary>
internal sealed class JavaArchive : IDetectionRule
{
    public Detection? Apply(SourceTree tree)
    {
        var archives = tree.Paths.Where(IsArchive).ToArray();
        return archives.Length == 0
            ? null
            : new Detection(
                Languages.JavaArchive,
                $"{archives[0]} is a Java archive",
                archives,
                archives is [var only] && !only.Any(char.IsWhiteSpace) ? $"java -jar {only}" : null);
    }

    private static bool IsArchive(string path) =>
        !path.Contains('/') && (path.EndsWith(".jar", StringComparison.Ordinal) || path.EndsWith(".war", StringComparison.Ordinal));
}
