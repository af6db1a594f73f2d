namespace Nua.Core.Detecting;

/// <summary>
/// A package that brings its own Dockerfile: <c>nua/Dockerfile</c>, or <c>Dockerfile</c> when there is no <c>nua</c> folder.
/// A project that has a <c>nua</c> folder says there how Nua builds it; the Dockerfile at its root is then for others.
/// </summary>
internal sealed class OwnDockerfile : IDetectionRule
{
    public Detection? Apply(SourceTree tree)
    {
        var file = tree.HasFolder("nua") ? "nua/Dockerfile" : "Dockerfile";
        return tree.Has(file) ? new Detection(Languages.Dockerfile, $"it brings its own {file}", [file]) : null;
    }
}
