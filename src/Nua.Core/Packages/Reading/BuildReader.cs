namespace Nua.Core.Packages.Reading;

/// <summary>Reads <c>[build]</c>.</summary>
internal static class BuildReader
{
    public static readonly IReadOnlyDictionary<string, BuildMethod> Methods = new OrderedDictionary<string, BuildMethod>
    {
        ["build"] = BuildMethod.Build,
        ["wrap"] = BuildMethod.Wrap,
    };

    private static readonly Shape BuilderShape = new Shape.Either(new Shape.Text(), Shape.Of(ReadNamedBuilder));

    public static BuildSection Read(Section section) => new()
    {
        License = section.Text("license") ?? new BuildSection().License,
        SrcUrl = section.FilledText("src-url"),
        SrcChecksum = ReadChecksum(section),
        GitUrl = section.FilledText("git-url"),
        GitBranch = section.FilledText("git-branch"),
        BaseImage = section.FilledText("base-image"),
        Method = section.Choice("method", Methods),
        Builder = section.Ask("builder", BuilderShape) is { } builder ? ReadBuilder(builder) : null,
        Builders = ReadBuilders(section),
        Packages = section.OneOrMore("packages"),
        MetaPackages = section.OneOrMore("meta-packages"),
        PipInstall = section.OneOrMore("pip-install"),
        Commands = section.OneOrMore("build"),
        Test = section.OneOrMore("test"),
        BeforeBuild = section.OneOrMore("before-build"),
        Project = section.FilledText("project"),
        DocumentRoot = section.FilledText("document-root"),
    };

    private static IReadOnlyList<BuilderChoice> ReadBuilders(Section section) =>
        section.Ask("builders", new Shape.ListOf(BuilderShape)) is { } list
            ? [.. list.AsItems().Select(ReadBuilder).OfType<BuilderChoice>()]
            : [];

    private static BuilderChoice? ReadBuilder(Value value)
    {
        if (value.Node is not TableNode)
        {
            return value.AsText() is { } name && !string.IsNullOrWhiteSpace(name) ? new BuilderChoice(name) : null;
        }

        var section = value.AsSection()!;
        var builder = ReadNamedBuilder(section);
        section.ReportWhatNobodyRead();
        return builder;
    }

    private static BuilderChoice ReadNamedBuilder(Section section) => new(section.RequiredText("name"), section.Text("version"));

    /// <summary>The digits alone: <c>sha256sum</c> prints them bare, many sites write <c>sha256:</c> before them.</summary>
    private static string? ReadChecksum(Section section)
    {
        if (section.Ask("src-checksum", new Shape.Text()) is not { } value || value.AsText()?.Trim().ToLowerInvariant() is not { Length: > 0 } text)
        {
            return null;
        }

        var digits = text.StartsWith("sha256:", StringComparison.Ordinal) ? text["sha256:".Length..] : text;
        if (digits.Length == 64 && digits.All(sign => char.IsAsciiDigit(sign) || sign is >= 'a' and <= 'f'))
        {
            return digits;
        }

        value.Source.Error(PackageProblems.BadChecksum(value.Path), value.At);
        return null;
    }
}
