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

    public static Problem TooLarge(long found, string unit, long most) => Invalid(
        "package.too-large",
        $"The file holds {found} {unit}; at most {most} are read.",
        "Move long texts into files of their own, such as a script or a template.");

    public static Problem TooDeep() => Invalid(
        "package.too-deep",
        $"This is nested deeper than {Node.MostLevels} levels.",
        "Take levels away: nothing in the format needs more than five.");

    public static Problem NotUtf8() => Invalid(
        "package.not-utf8",
        "This byte is not part of a text in UTF-8.",
        "Save the file as UTF-8; 'iconv -f latin1 -t utf-8' converts an older one.");

    public static Problem More(int left) => Invalid(
        "package.more",
        $"And {left} more {(left == 1 ? "finding" : "findings")}.",
        "Mend those above first, then look again.");

    public static Problem GivenTwice(string key) => Invalid(
        "package.given-twice",
        $"'{key}' is given twice.",
        "Keep one of them.");

    private static Problem Invalid(string code, string message, string hint) => new(ProblemKind.Invalid, code, Excerpt.Of(message), Excerpt.Of(hint));
}
