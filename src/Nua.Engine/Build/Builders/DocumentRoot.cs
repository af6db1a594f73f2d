using Nua.Core.Problems;

namespace Nua.Engine.Build.Builders;

/// <summary>The folder that a web server serves.</summary>
/// <param name="Path">Below the project's folder; empty: that folder itself.</param>
/// <param name="Because">Who says so.</param>
internal sealed record DocumentRoot(string Path, string Because)
{
    /// <summary>Whether it is the whole project.</summary>
    public bool IsProject => Path.Length == 0;

    /// <param name="input">What is built.</param>
    /// <param name="found">The folder that the files suggest.</param>
    /// <param name="index">The file by which it was found.</param>
    /// <param name="isMade">Whether the build makes the folder, so that it need not be there before.</param>
    /// <returns><see langword="null"/>: nothing says which it is.</returns>
    /// <exception cref="NuaException"><c>build.no-document-root</c>: the folder is not there, or outside of the project.</exception>
    public static DocumentRoot? Of(BuildInput input, string? found, string index, bool isMade)
    {
        if ((input.Build.DocumentRoot ?? found) is not { } written)
        {
            return null;
        }

        return RelativePath.Clean(written) is { } folder && (isMade || folder.Length == 0 || input.Project.HasFolder(folder))
            ? new DocumentRoot(folder, input.Build.DocumentRoot is null ? $"{index} is there" : "[build] document-root says so")
            : throw new NuaException(BuildProblems.NoDocumentRoot(written));
    }

    /// <summary>Where it is when the project is there.</summary>
    public string In(string project) => RelativePath.Join(project, Path);

    public Decision Explain() => new("document root", IsProject ? "." : Path, Because);
}
