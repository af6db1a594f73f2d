using Nua.Core.Problems;

namespace Nua.Core.Packages.Reading;

/// <summary>A file being read: its name, its text, and everything found wrong with it so far.</summary>
internal sealed class SourceText(string file, string text, ReadingOptions options)
{
    /// <summary>More than any config needs, and little enough to be read without a thought.</summary>
    public const int MostCharacters = 256 * 1024;

    /// <summary>Beyond this many nobody reads on.</summary>
    private const int MostFindings = 200;

    private readonly List<Finding> _findings = [];

    public string File { get; } = file;

    public string Text { get; } = text;

    private int _left;

    /// <summary>In the order of the file, and at the end how many were left out. Where there is an error, one of them is.</summary>
    public IReadOnlyList<Finding> Findings
    {
        get
        {
            Finding[] inOrder = [.. _findings.OrderBy(finding => finding.Line).ThenBy(finding => finding.Column)];
            return _left == 0
                ? inOrder
                : [.. inOrder, inOrder[^1] with { Severity = FindingSeverity.Deprecated, Problem = FormatProblems.More(_left) }];
        }
    }

    public bool HasErrors { get; private set; }

    public void Error(Problem problem, Place at) => Report(FindingSeverity.Error, problem, at);

    /// <summary>Something that is probably a mistake: an error when reading strictly.</summary>
    public void Warn(Problem problem, Place at) =>
        Report(options.Strict ? FindingSeverity.Error : FindingSeverity.Warning, problem, at);

    public void Deprecate(Problem problem, Place at) => Report(FindingSeverity.Deprecated, problem, at);

    private void Report(FindingSeverity severity, Problem problem, Place at)
    {
        HasErrors |= severity == FindingSeverity.Error;
        if (_findings.Count < MostFindings || MakeRoomFor(severity))
        {
            _findings.Add(new Finding(severity, problem, File, at.Line, at.Column));
        }
    }

    /// <summary>An error takes the place of what is none; what finds no place is counted.</summary>
    private bool MakeRoomFor(FindingSeverity severity)
    {
        _left++;
        var last = _findings.FindLastIndex(finding => finding.Severity != FindingSeverity.Error);
        if (severity != FindingSeverity.Error || last < 0)
        {
            return false;
        }

        _findings.RemoveAt(last);
        return true;
    }
}
