using Xunit;

namespace Nua.Testing;

/// <summary>
/// Long texts that tests expect, kept beside them as <c>NAME.golden</c>. <c>UPDATE_GOLDEN=1</c> writes them anew; the
/// difference is then reviewed like code.
/// </summary>
public static class Golden
{
    /// <param name="path">Relative to <c>tests/Nua.Tests</c>, without the extension.</param>
    /// <param name="actual">What the code made.</param>
    public static void Equal(string path, string actual)
    {
        var file = Path.Combine(RepositoryRoot(), "tests", "Nua.Tests", path + ".golden");
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(file, actual);
        }

        Assert.Equal(File.Exists(file) ? File.ReadAllText(file) : "(there is no such file yet: run with UPDATE_GOLDEN=1)", actual);
    }

    private static string RepositoryRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Nua.slnx")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }
}
