using System.Globalization;
using System.Text.RegularExpressions;

namespace Nua.Core.Detecting;

/// <summary>
/// A package that brings its own Dockerfile: <c>nua/Dockerfile</c>, or <c>Dockerfile</c> when there is no <c>nua</c> folder.
/// A project that has a <c>nua</c> folder says there how Nua builds it; the Dockerfile at its root is then for others.
/// </summary>
internal sealed partial class OwnDockerfile : IDetectionRule
{
    public Detection? Apply(SourceTree tree)
    {
        return DockerfileUse.FileIn([.. tree.Paths]) is { } file
            ? new Detection(Languages.Dockerfile, $"it brings its own {file}", [file], SuggestedPort: PortIn(tree.Text(file)))
            : null;
    }

    /// <summary>The first port of the last <c>EXPOSE</c>, which is the one of the final stage.</summary>
    private static int? PortIn(string dockerfile) =>
        Exposed.Matches(dockerfile) is [.., var last]
        && int.TryParse(last.Groups["port"].Value, CultureInfo.InvariantCulture, out var port)
        && port is > 0 and < 65_536
            ? port
            : null;

    [GeneratedRegex(
        @"^[ \t]*EXPOSE[ \t]+(?<port>[0-9]{1,5})\b",
        RegexOptions.Multiline | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Exposed { get; }
}
