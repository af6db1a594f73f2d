namespace Nua.Engine.Images;

/// <summary>.NET, which the distribution does not carry: the SDK of this machine, or the image of its makers.</summary>
public static class DotNetRecipe
{
    /// <summary>Where the SDK is in the image.</summary>
    public const string Folder = "/usr/share/dotnet";

    /// <summary>The version for those who ask for none: it builds for the older ones, too.</summary>
    public const string Default = "10.0";

    /// <summary>The releases that are maintained.</summary>
    public static IReadOnlyList<string> Versions { get; } = ["8.0", "9.0", Default];

    // The package with the tools of ICU has the same name in every release; the library's own name changes with its version.
    private const string Icu = "icu-devtools";

    private static readonly string[] Needed = ["ca-certificates", "libstdc++6", "tzdata"];

    /// <summary>What compiles.</summary>
    public static ImageRecipe Sdk(string version = Default) => new()
    {
        Name = "dotnet-sdk",
        Version = version,
        Packages = [.. Needed, Icu],
        DotNetSdk = version,
        SetUp = [$"ln -s {Folder}/dotnet /usr/local/bin/dotnet && DOTNET_NOLOGO=1 DOTNET_CLI_HOME=/tmp/dotnet dotnet --version && rm -rf /tmp/dotnet"],
        RegistryReference = $"mcr.microsoft.com/dotnet/sdk:{version}",
    };

    /// <summary>What programs that bring their .NET with them run on.</summary>
    /// <param name="hasCultures">They know the languages of the world; without, all speak the invariant one.</param>
    public static ImageRecipe Runtime(bool hasCultures) => new()
    {
        Name = hasCultures ? "dotnet" : "dotnet-invariant",
        Version = "1",
        Packages = hasCultures ? [.. Needed, Icu] : Needed,
    };
}
