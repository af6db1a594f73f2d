namespace Nua.Engine.Build.Builders;

/// <summary>Knows one kind of application: how to recognise it, and how its image is built.</summary>
/// <remarks>No member does more than look at the source's files, so a builder is tested by comparing Dockerfiles.</remarks>
internal interface IBuilder
{
    /// <summary>What a packager writes under <c>[build] builder</c>.</summary>
    string Name { get; }

    /// <summary>Other spellings of it.</summary>
    IReadOnlyList<string> Aliases { get; }

    /// <summary>Why the package is of this kind; <see langword="null"/>: it is not.</summary>
    Recognition? Recognise(BuildInput input);
}

/// <summary>Builds an image of our making; its part of it, when several builders share one.</summary>
internal interface IAppBuilder : IBuilder
{
    /// <summary>Whether the programs of further builders belong into the image too; else what they make is all that it gets.</summary>
    bool SharesImage { get; }

    /// <summary>Whether, helping another, it is done when the image is built: then its programs are not in it.</summary>
    bool OnlyBuilds(BuildInput input) => false;

    AppLayers Layers(BuildInput input);
}

/// <summary>Adds Nua's metadata to an image of somebody else's making.</summary>
internal interface IForeignBuilder : IBuilder
{
    BuildDesign Design(BuildInput input);
}

/// <param name="Because">One clause for a reader.</param>
/// <param name="Files">The files that decided it, the weightiest first.</param>
internal sealed record Recognition(string Because, IReadOnlyList<string> Files);
