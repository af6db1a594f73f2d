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
        new NodeBuilder(),
        new StaticBuilder(),
        new PlainBuilder(),
    ];

    private static string Names => string.Join(", ", All.Select(builder => builder.Name));

    /// <summary>The builder that <c>[build] builder</c> names, or else the first that recognises the package.</summary>
    public static (IBuilder Builder, Recognition Recognition) Choose(BuildInput input)
    {
        if (Asked(input.Build) is { } choice)
        {
            return (Named(choice), new Recognition($"[build] builder is \"{choice.Name}\"", []));
        }

        foreach (var builder in All)
        {
            if (builder.Recognise(input) is { } recognition)
            {
                return (builder, recognition);
            }
        }

        throw new NuaException(BuildProblems.NothingRecognised(Names));
    }

    /// <summary><c>node-20</c> and <c>{ name = "node", version = "20" }</c> ask for the same.</summary>
    public static string? VersionFor(BuildSection build) =>
        Asked(build) is { } choice ? choice.Version ?? (Split(choice.Name).Version is { Length: > 0 } version ? version : null) : null;

    private static BuilderChoice? Asked(BuildSection build) => build switch
    {
        { Builder: { } one } => one,
        { Builders: [var only] } => only,
        { Builders.Count: > 1 } => throw new NuaException(BuildProblems.SeveralBuilders()),
        _ => null,
    };

    private static IBuilder Named(BuilderChoice choice)
    {
        var name = Split(choice.Name).Name;
        return Array.Find(All, builder => builder.Name == name || builder.Aliases.Contains(name))
            ?? throw new NuaException(BuildProblems.UnknownBuilder(choice.Name, Names));
    }

    private static (string Name, string Version) Split(string text) =>
        BuilderName.Split(text, [.. All.SelectMany(builder => builder.Aliases.Prepend(builder.Name))]);
}
