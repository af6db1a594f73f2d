using Nua.Core.Problems;

namespace Nua.Core.Packages.Reading;

/// <summary>What can be wrong with a file before anybody asks what it says.</summary>
internal static class FormatProblems
{
    public static Problem Unreadable(string format, string complaint) => Invalid(
        "package.unreadable",
        $"This is not {format}: {complaint.TrimEnd('.')}.",
        "Mend this place first; what follows it may be misread.");

    public static Problem Empty() => Invalid(
        "package.empty",
        "The file says nothing.",
        "Run 'nua init --force' to write one from what is in the folder.");

    public static Problem NotATable(string kind) => Invalid(
        "package.not-a-table",
        $"The file holds {kind} where sections are expected.",
        "Write sections such as [metadata]; see 'nua config schema'.");

    public static Problem UnknownFormat(string extension) => Invalid(
        "package.unknown-format",
        extension.Length == 0 ? "The file's name has no ending that tells its format." : $"'{extension}' is not a format that can be read.",
        "Name it .toml, .json, .yaml or .yml.");

    public static Problem TooLarge(long characters) => Invalid(
        "package.too-large",
        $"The file holds {characters} characters; at most {SourceText.MostCharacters} are read.",
        "Move long texts into files of their own, such as a script or a template.");

    public static Problem TooDeep() => Invalid(
        "package.too-deep",
        $"A key is empty or nested deeper than {Node.MostLevels} tables.",
        "Write a key; nothing in the format is nested deeper than five tables.");

    public static Problem GivenTwice(string key) => Invalid(
        "package.given-twice",
        $"'{key}' is given twice.",
        "Keep one of them.");

    private static Problem Invalid(string code, string message, string hint) => new(ProblemKind.Invalid, code, Excerpt.Of(message), Excerpt.Of(hint));
}
