using System.Text.Json;
using Nua.Api;

namespace Nua.Cli.Contexts;

/// <summary>Where a user's contexts are kept, tokens and all: a file that nobody else may read.</summary>
internal sealed class ContextFile(string path)
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnersFolder = Owner | UnixFileMode.UserExecute;

    /// <summary><c>nua/contexts.json</c> in <c>XDG_CONFIG_HOME</c>, or in the user's <c>.config</c>.</summary>
    public static ContextFile OfThisUser() => new(Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify),
        "nua",
        "contexts.json"));

    /// <exception cref="ApiException"><c>cli.contexts-open</c>, <c>cli.cannot-read</c></exception>
    public ContextBook Read()
    {
        try
        {
            if (!File.Exists(path))
            {
                return ContextBook.Empty;
            }

            return (File.GetUnixFileMode(path) & ~OwnersFolder) is UnixFileMode.None
                ? JsonSerializer.Deserialize(File.ReadAllBytes(path), CliJson.Default.ContextBook) ?? ContextBook.Empty
                : throw new ApiException(CliProblems.ContextsOpen(path));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new ApiException(CliProblems.CannotRead(path, failure.Message), failure);
        }
    }

    /// <summary>There whole or as it was, and never to be read by others.</summary>
    /// <exception cref="ApiException"><c>cli.cannot-write</c></exception>
    public void Write(ContextBook book)
    {
        var draft = $"{path}.{Environment.ProcessId}";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!, OwnersFolder);
            File.Delete(draft);
            using (var file = new FileStream(
                draft, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = Owner }))
            {
                JsonSerializer.Serialize(file, book, CliJson.Default.ContextBook);
                file.Flush(flushToDisk: true);
            }

            File.Move(draft, path, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ApiException(CliProblems.CannotWrite(path, failure.Message), failure);
        }
    }
}
