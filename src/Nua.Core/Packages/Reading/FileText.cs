using System.Text;
using Nua.Core.Problems;

namespace Nua.Core.Packages.Reading;

/// <summary>Reads a file, and says in our own words why it cannot.</summary>
internal static class FileText
{
    /// <summary>Four bytes are the most a character takes: a larger file is refused for its size, not read for its errors.</summary>
    private const long MostBytes = 4L * SourceText.MostCharacters;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string Read(string path)
    {
        try
        {
            var length = new FileInfo(path).Length;
            return length > MostBytes
                ? throw Refuse(path, FormatProblems.TooLarge(length, "bytes", MostBytes), Place.Start)
                : Decode(path, File.ReadAllBytes(path));
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

    /// <param name="path">What findings call the file.</param>
    /// <param name="bytes">What is in it.</param>
    public static string Decode(string path, byte[] bytes)
    {
        try
        {
            return Strict.GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException broken)
        {
            throw Refuse(path, FormatProblems.NotUtf8(), new LineIndex(bytes).PlaceOf(Math.Max(0, broken.Index)));
        }
    }

    private static PackageException Refuse(string path, Problem problem, Place at) =>
        new([new Finding(FindingSeverity.Error, problem, path, at.Line, at.Column)]);
}
