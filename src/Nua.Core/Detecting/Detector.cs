namespace Nua.Core.Detecting;

/// <summary>Says what a source folder is. It touches no disk: the caller lists the files and reads those it is asked for.</summary>
public static class Detector
{
    /// <summary>The rules in the order in which their answers count.</summary>
    private static readonly IDetectionRule[] Rules =
    [
        new OwnDockerfile(),
        new PythonSource(),
        new Php(),
        new DotNet(),
        new Ruby(),
        new Node(),
        new PythonWheels(),
        new StaticSite(),
    ];

    /// <param name="relativePaths">Every file of the folder, relative to it.</param>
    /// <param name="readText">The text of one of them; <see langword="null"/> when it is not there or is not a text.</param>
    /// <returns>Everything the folder can be, best first; empty when nothing is recognised.</returns>
    public static IReadOnlyList<Detection> Detect(IReadOnlyCollection<string> relativePaths, Func<string, string?> readText)
    {
        var tree = new SourceTree(relativePaths, readText);
        return [.. Rules.Select(rule => rule.Apply(tree)).OfType<Detection>()];
    }
}

/// <summary>Recognises one kind of source folder.</summary>
internal interface IDetectionRule
{
    /// <returns><see langword="null"/>: the folder is something else.</returns>
    Detection? Apply(SourceTree tree);
}
