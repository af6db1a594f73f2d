using Nua.Core.Detecting;
using Nua.Core.Packages;
using Nua.Core.Problems;

namespace Nua.Engine.Build.Builders;

/// <summary>All builders, and how one is chosen.</summary>
internal static class BuilderChoices
{
    /// <summary>In the order in which they are asked. What a packager wrote on purpose comes before what files suggest.</summary>
    private static readonly IBuilder[] All =
    [
        new WrapBuilder(),
        new DockerfileBuilder(),
        new PythonBuilder(),
        new PhpBuilder(),
        new DotNetBuilder(),
        new RubyBuilder(),
        new NodeBuilder(),
        new StaticBuilder(),
        new PlainBuilder(),
    ];

    private static string Names => string.Join(", ", All.Select(builder => builder.Name));

    /// <summary>
    /// The builders that <c>[build] builder</c> or <c>builders</c> names, the main one first; or else the first that recognises
    /// the package.
    /// </summary>
    public static IReadOnlyList<ChosenBuilder> Choose(BuildInput input) => Asked(input.Build) switch
    {
        [] => [Recognised(input)],
        [var only] => [Named(only, "builder")],
        var several => Together([.. several.Select(choice => Named(choice, "builders"))]),
    };

    private static ChosenBuilder Recognised(BuildInput input) => All
        .Select(builder => builder.Recognise(input) is { } recognition ? new ChosenBuilder(builder, Version: null, recognition) : null)
        .FirstOrDefault(chosen => chosen is not null) ?? throw new NuaException(BuildProblems.NothingRecognised(Names));

    private static IReadOnlyList<ChosenBuilder> Together(IReadOnlyList<ChosenBuilder> chosen)
    {
        if (chosen.FirstOrDefault(one => one.Builder is IForeignBuilder) is { } foreign)
        {
            throw new NuaException(BuildProblems.StandsAlone(foreign.Builder.Name));
        }

        return chosen.GroupBy(one => one.Builder).FirstOrDefault(same => same.Count() > 1) is { } twice
            ? throw new NuaException(BuildProblems.BuilderTwice(twice.Key.Name))
            : chosen;
    }

    private static IReadOnlyList<BuilderChoice> Asked(BuildSection build) => build.Builder is { } one ? [one] : build.Builders;

    /// <summary><c>node-20</c> and <c>{ name = "node", version = "20" }</c> ask for the same.</summary>
    private static ChosenBuilder Named(BuilderChoice choice, string key)
    {
        var (name, version) = Split(choice.Name);
        var builder = Array.Find(All, builder => builder.Name == name || builder.Aliases.Contains(name))
            ?? throw new NuaException(BuildProblems.UnknownBuilder(choice.Name, Names));
        return new ChosenBuilder(
            builder,
            choice.Version ?? (version.Length > 0 ? version : null),
            new Recognition($"[build] {key} {(key == "builder" ? "is" : "has")} \"{choice.Name}\"", []));
    }

    private static (string Name, string Version) Split(string text) =>
        BuilderName.Split(text, [.. All.SelectMany(builder => builder.Aliases.Prepend(builder.Name))]);
}

/// <summary>A builder, and why it was chosen.</summary>
/// <param name="Builder">The builder.</param>
/// <param name="Version">The version of the language that was asked for.</param>
/// <param name="Recognition">Why.</param>
internal sealed record ChosenBuilder(IBuilder Builder, string? Version, Recognition Recognition)
{
    /// <summary><c>python</c>, or <c>python+node</c>.</summary>
    public static string NameOf(IReadOnlyList<ChosenBuilder> chosen) => string.Join('+', chosen.Select(one => one.Builder.Name));
}
