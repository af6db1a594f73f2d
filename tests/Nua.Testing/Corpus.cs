using Xunit;

namespace Nua.Testing;

/// <summary>
/// Public nua-config and sites files, and what the predecessor made of each. They lie beside the repository, in
/// <c>shared</c>; a machine that does not have them skips the tests that need them.
/// </summary>
public static class Corpus
{
    public const string Absent = "There is no folder 'shared' with a corpus above the repository.";

    public static string? Folder { get; } = Find();

    public static bool IsAbsent => Folder is null;

    public static IEnumerable<TheoryDataRow<string>> Configs => Files("nua-config", "valid");

    public static IEnumerable<TheoryDataRow<string>> InvalidConfigs => Files("nua-config", "invalid");

    public static IEnumerable<TheoryDataRow<string>> Sites => Files("deploy", "");

    public static IEnumerable<TheoryDataRow<string>> ValidSites => Files("deploy", "valid");

    public static string Text(string file) => File.ReadAllText(Path.Combine(Folder!, "corpus", file));

    public static string Golden(string kind, string file) =>
        File.ReadAllText(Path.Combine(Folder!, "golden", kind, file + ".expected.json"));

    /// <summary>The rows of the index of one kind whose validity starts with a word. One row that says so when there is no corpus.</summary>
    private static IEnumerable<TheoryDataRow<string>> Files(string kind, string validity) =>
        Folder is null
            ? [new TheoryDataRow<string>("none") { Skip = Absent }]
            : from line in File.ReadLines(Path.Combine(Folder, "corpus", "INDEX.tsv")).Skip(1)
              let cells = line.Split('\t')
              where cells[1] == kind && cells[2].StartsWith(validity, StringComparison.Ordinal)
              select new TheoryDataRow<string>(cells[0]);

    private static string? Find()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var shared = Path.Combine(folder, "shared");
            if (File.Exists(Path.Combine(shared, "corpus", "INDEX.tsv")))
            {
                return shared;
            }
        }

        return null;
    }
}
