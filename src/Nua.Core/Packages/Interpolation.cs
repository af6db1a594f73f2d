using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Nua.Core.Packages.Reading;

namespace Nua.Core.Packages;

/// <summary>
/// Fills <c>{version}</c> and the like: texts of <c>[metadata]</c> and <c>[build]</c>, by their keys with dashes.
/// <c>{{</c> and <c>}}</c> stand for braces. What is not a known name in braces stays as it is, so a command may use
/// <c>{a,b}</c>, <c>${HOME}</c> or JSON.
/// </summary>
public sealed partial class Interpolation
{
    /// <summary>A text that is filled with itself a thousand times is a mistake, or an attempt to use up the memory.</summary>
    private const int LongestFilled = 64 * 1024;

    private readonly Dictionary<string, string> _values;

    private Interpolation(Dictionary<string, string> values) => _values = values;

    /// <summary>Every name and its text; a text that uses other names has them filled, one level deep.</summary>
    public IReadOnlyDictionary<string, string> Values => _values;

    public static Interpolation Of(Metadata metadata, BuildSection build)
    {
        var written = new Interpolation(Texts(metadata, build));
        return new Interpolation(written._values.ToDictionary(value => value.Key, value => written.Render(value.Value)));
    }

    /// <summary>The package with every text filled that the format says is filled.</summary>
    public static Package Render(Package package)
    {
        var rendered = package with { Providers = [.. package.Providers.Select(provider => Render(package.Metadata, provider))] };
        return package.WrittenBuild is { } build ? rendered with { Build = Render(package.Metadata, build) } : rendered;
    }

    /// <summary>A sub-application is filled when it is planned, as a package of its own.</summary>
    private static ProviderRequirement Render(Metadata metadata, ProviderRequirement provider) =>
        provider is { Build: { } build, IsSubApplication: false } ? provider with { Build = Render(metadata, build) } : provider;

    private static BuildSection Render(Metadata metadata, BuildSection build)
    {
        var names = Of(metadata, build);
        return build with
        {
            SrcUrl = names.RenderOptional(build.SrcUrl),
            GitUrl = names.RenderOptional(build.GitUrl),
            GitBranch = names.RenderOptional(build.GitBranch),
            BaseImage = names.RenderOptional(build.BaseImage),
            Builder = build.Builder is null ? null : build.Builder with { Name = names.Render(build.Builder.Name) },
            Project = names.RenderOptional(build.Project),
            Commands = [.. build.Commands.Select(names.Render)],
        };
    }

    public string Render(string text) => Scan(text, _ => { });

    /// <summary>The names in braces that nothing gives, as long as they look like names and not like a shell's <c>${…}</c>.</summary>
    public IReadOnlyList<string> UnknownIn(string text)
    {
        List<string> unknown = [];
        Scan(text, unknown.Add);
        return unknown;
    }

    private string? RenderOptional(string? text) => text is null ? null : Render(text);

    /// <summary>
    /// One pass from left to right. The stack holds the braces that are open, and for each whether it was written twice:
    /// only those are closed by two, so JSON keeps all of its own.
    /// </summary>
    private string Scan(string text, Action<string> reportUnknown)
    {
        var result = new StringBuilder(text.Length);
        Stack<bool> doubled = [];
        for (var i = 0; i < text.Length;)
        {
            i += text[i] switch
            {
                '{' => OpenBrace(text, i, result, doubled, reportUnknown),
                '}' => CloseBrace(text, i, result, doubled),
                var other => Append(result, other.ToString(), 1),
            };
        }

        return result.ToString();
    }

    /// <returns>How many characters were read.</returns>
    private int OpenBrace(string text, int at, StringBuilder result, Stack<bool> doubled, Action<string> reportUnknown)
    {
        if (at + 1 < text.Length && text[at + 1] == '{')
        {
            doubled.Push(true);
            return Append(result, "{", 2);
        }

        var match = Placeholder.Match(text, at);
        if (!match.Success)
        {
            ReportFormat(text, at, reportUnknown);
            doubled.Push(false);
            return Append(result, "{", 1);
        }

        var name = match.Groups["name"].Value;
        if (_values.TryGetValue(name, out var value))
        {
            var fits = result.Length + value.Length <= LongestFilled;
            return Append(result, fits ? value : match.Value, match.Length);
        }

        if (at == 0 || text[at - 1] != '$')
        {
            reportUnknown(name);
        }

        return Append(result, match.Value, match.Length);
    }

    /// <summary><c>{version!s}</c> and <c>{version:>3}</c> are Python's: they stay, and are worth a word when the name is one of ours.</summary>
    private void ReportFormat(string text, int at, Action<string> reportUnknown)
    {
        var match = WithFormat.Match(text, at);
        var isOfAShell = at > 0 && text[at - 1] == '$';
        if (match.Success && !isOfAShell && _values.ContainsKey(match.Groups["name"].Value))
        {
            reportUnknown(match.Value[1..^1]);
        }
    }

    private static int CloseBrace(string text, int at, StringBuilder result, Stack<bool> doubled)
    {
        var two = at + 1 < text.Length && text[at + 1] == '}';
        var closesTwo = !doubled.TryPop(out var openedByTwo) || openedByTwo;
        return Append(result, "}", two && closesTwo ? 2 : 1);
    }

    private static int Append(StringBuilder result, string text, int read)
    {
        result.Append(text);
        return read;
    }

    /// <summary>Every single text, build over metadata.</summary>
    private static Dictionary<string, string> Texts(Metadata metadata, BuildSection build)
    {
        (string Key, string? Text)[] texts =
        [
            ("id", metadata.Id), ("version", metadata.Version), ("title", metadata.Title), ("author", metadata.Author),
            ("description", metadata.Description), ("tagline", metadata.Tagline), ("website", metadata.Website),
            ("release", metadata.Release?.ToString(CultureInfo.InvariantCulture)),
            ("license", build.License), ("src-url", build.SrcUrl), ("src-checksum", build.SrcChecksum), ("git-url", build.GitUrl),
            ("git-branch", build.GitBranch), ("base-image", build.BaseImage), ("builder", build.Builder?.Name), ("project", build.Project),
            ("document-root", build.DocumentRoot), ("method", build.Method is { } method ? BuildReader.Methods.WordFor(method) : null),
        ];
        return texts.Where(text => text.Text is not null).ToDictionary(text => text.Key, text => text.Text!);
    }

    [GeneratedRegex(@"\G\{(?<name>[A-Za-z][A-Za-z0-9_-]{0,60})\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder { get; }

    [GeneratedRegex(@"\G\{(?<name>[A-Za-z][A-Za-z0-9_-]{0,60})[!:][^{}]{1,60}\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex WithFormat { get; }
}
