namespace Nua.Engine.Images;

/// <summary>The distribution's Go. Programs it compiles need none of it, so images of it are only built in.</summary>
public static class GoRecipe
{
    private static readonly Dictionary<string, string> Environment = new()
    {
        // A program that needs no libraries, unless its builder says otherwise.
        ["CGO_ENABLED"] = "0",
        // What it keeps goes where the other downloads of a build go; its compiled packages do so by themselves.
        ["GOMODCACHE"] = "/nua/.cache/go-modules",
        // No other compiler than this one, which is signed.
        ["GOTOOLCHAIN"] = "local",
    };

    /// <param name="version">Such as <c>1.23</c>, where the distribution has several; <see langword="null"/>: the one it takes by itself.</param>
    public static ImageRecipe For(string? version = null) => version is null
        ? new ImageRecipe
        {
            Name = "go",
            Version = "default",
            Packages = ["ca-certificates", "golang-go"],
            Environment = Environment,
        }
        : new ImageRecipe
        {
            Name = "go",
            Version = version,
            Packages = ["ca-certificates", $"golang-{version}-go"],
            SetUp = [$"ln -s ../../lib/go-{version}/bin/go ../../lib/go-{version}/bin/gofmt /usr/local/bin/"],
            Environment = Environment,
        };
}
