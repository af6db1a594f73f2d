namespace Nua.Core.Packages.Reading;

/// <summary>Reads <c>[run]</c>.</summary>
internal static class RunReader
{
    public static RunSection Read(Section section) => new()
    {
        Packages = section.OneOrMore("packages"),
        Start = section.OneOrMore("start"),
        BeforeRun = section.OneOrMore("before-run"),
        PostRun = section.OneOrMore("post-run"),
        WrittenPostRunStatus = section.Text("post-run-status"),
    };
}
