using System.Text;
using Nua.Core.Problems;

namespace Nua.Core.Packages.Reading;

/// <summary>Reads a file, and says in our own words why it cannot.</summary>
internal static class FileText
{
    public static string Read(string path)
    {
        try
        {
            // Four bytes are the most a character takes: a larger file is refused for its size, not read for its errors.
            return new FileInfo(path).Length > 4L * SourceText.MostCharacters
                ? throw new NuaException(FormatProblems.TooLarge(new FileInfo(path).Length))
                : File.ReadAllText(path, Encoding.UTF8);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new NuaException(PackageProblems.NoSuchFile(path), missing);
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            throw new NuaException(PackageProblems.Unreachable(path, refusal.Message), refusal);
        }
    }
}
