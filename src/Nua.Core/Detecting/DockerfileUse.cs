using Nua.Core.Packages;

namespace Nua.Core.Detecting;

/// <summary>
/// Whether a package's own Dockerfile builds it. Who sends a package and who builds it must decide alike: the one leaves out what
/// the other does not want.
/// </summary>
public static class DockerfileUse
{
    private const string Folder = "nua/";

    /// <summary>The names a packager asks for it by.</summary>
    public static IReadOnlyList<string> Names { get; } = ["dockerfile", "docker"];

    /// <summary>Whether it does.</summary>
    /// <param name="build">What the nua-config says.</param>
    /// <param name="sent">The files of the package that are sent when it does not.</param>
    public static bool Builds(BuildSection build, IReadOnlyCollection<string> sent) => build switch
    {
        { Builder: { } one } => IsNamedBy(one),
        { Builders: [var only] } => IsNamedBy(only),
        { Method: BuildMethod.Wrap } or { Method: null, BaseImage: not null } => false,
        _ => FileIn(sent) is not null,
    };

    /// <summary>
    /// Which it is: <c>nua/Dockerfile</c>, or <c>Dockerfile</c> when nothing lies in <c>nua</c>; <see langword="null"/>: none.
    /// </summary>
    public static string? FileIn(IReadOnlyCollection<string> sent)
    {
        var file = sent.Any(path => path.StartsWith(Folder, StringComparison.Ordinal)) ? $"{Folder}Dockerfile" : "Dockerfile";
        return sent.Contains(file) ? file : null;
    }

    private static bool IsNamedBy(BuilderChoice choice) => Names.Contains(BuilderName.Split(choice.Name, Names).Name);
}
