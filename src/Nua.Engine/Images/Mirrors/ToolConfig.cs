using System.Security;
using System.Text.Json.Nodes;

namespace Nua.Engine.Images.Mirrors;

/// <summary>What tells a tool where its packages are: a file, and the variables by which the tool finds it.</summary>
/// <param name="Name">Of the file; <see langword="null"/>: the variables say it all.</param>
/// <param name="Text">Of the file.</param>
internal sealed record ToolConfig(string? Name, string Text = "")
{
    private const string Place = PackageSources.Place;

    /// <summary>Where the tool looks; without it, where all files are.</summary>
    public string Target { get; private init; } = $"{Place}/{Name}";

    public IReadOnlyDictionary<string, string> Variables { get; private init; } = new Dictionary<string, string>();

    /// <summary>One after the other, for every tool that is told something.</summary>
    public static IEnumerable<ToolConfig> Of(PackageMirrors mirrors) =>
        ((PackageMirror? Mirror, Func<PackageMirror, IEnumerable<ToolConfig>> Say)[])
        [
            (mirrors.Pip, Pip),
            (mirrors.Npm, Npm),
            (mirrors.Gem, Gem),
            (mirrors.Go, Go),
            (mirrors.Cargo, Cargo),
            (mirrors.Maven, Maven),
            (mirrors.Nuget, Nuget),
            (mirrors.Composer, Composer),
        ]
        is var tools ? tools.Where(tool => tool.Mirror is not null).SelectMany(tool => tool.Say(tool.Mirror!)) : [];

    private static IEnumerable<ToolConfig> Pip(PackageMirror mirror) =>
    [
        Found(
            "PIP_CONFIG_FILE",
            "pip.conf",
            mirror switch
            {
                { IsFolder: true } => $"[global]\nno-index = true\nfind-links = {mirror.Address}\n",
                { IsPlain: true } => $"[global]\nindex-url = {mirror.Reveal()}\ntrusted-host = {mirror.Host}\n",
                _ => $"[global]\nindex-url = {mirror.Reveal()}\n",
            }),
    ];

    // Of a folder npm knows one kind: its own cache.
    private static IEnumerable<ToolConfig> Npm(PackageMirror mirror)
    {
        if (mirror.IsFolder)
        {
            return [Saying(("npm_config_cache", mirror.Address), ("npm_config_offline", "true"))];
        }

        var address = mirror.Address.TrimEnd('/') + '/';
        var who = mirror.BasicAuthorization is { } basic ? $"//{address.Split("//", 2)[1]}:_auth={basic.Reveal()}\n" : "";
        return [Found("npm_config_userconfig", "npmrc", $"registry={address}\n{who}")];
    }

    private static IEnumerable<ToolConfig> Gem(PackageMirror mirror) =>
    [
        Found("GEMRC", "gemrc", $":sources:\n- {Quoted(mirror.Reveal())}\n"),
        Found("BUNDLE_USER_CONFIG", "bundle", $"---\nBUNDLE_MIRROR__ALL: {Quoted(mirror.Reveal())}\n"),
    ];

    // Nobody keeps the sums of a folder; those of the project itself are still compared.
    private static IEnumerable<ToolConfig> Go(PackageMirror mirror) =>
        [Found("GOENV", "go.env", $"GOPROXY={mirror.Reveal()}\n{(mirror.IsFolder ? "GOSUMDB=off\n" : "")}")];

    // Cargo and NuGet look in every folder above the project, and for nothing else that could be told.
    private static IEnumerable<ToolConfig> Cargo(PackageMirror mirror) =>
    [
        new("cargo.toml", $"[source.crates-io]\nreplace-with = \"nua\"\n\n[source.nua]\n{(mirror.IsFolder ? "directory" : "registry")} = {Quoted(mirror.IsFolder ? mirror.Address : mirror.Reveal())}\n")
        {
            Target = "/.cargo/config.toml",
        },
    ];

    private static IEnumerable<ToolConfig> Nuget(PackageMirror mirror) =>
    [
        new(
            "nuget.xml",
            $"""
            <configuration>
              <packageSources>
                <clear />
                <add key="nua" value="{Escaped(mirror.Address)}"{(mirror.IsPlain ? " allowInsecureConnections=\"true\"" : "")} />
              </packageSources>
              <packageSourceCredentials>{(mirror.User is null ? "" : $"<nua><add key=\"Username\" value=\"{Escaped(mirror.User)}\" /><add key=\"ClearTextPassword\" value=\"{Escaped(mirror.Password?.Reveal())}\" /></nua>")}</packageSourceCredentials>
            </configuration>

            """)
        {
            Target = "/NuGet.Config",
        },
    ];

    // The distribution's Maven reads the file there; newer ones than that are told by the variable.
    private static IEnumerable<ToolConfig> Maven(PackageMirror mirror) =>
    [
        new(
            "maven.xml",
            $"""
            <settings>
              <mirrors><mirror><id>nua</id><mirrorOf>*</mirrorOf><url>{Escaped(mirror.IsFolder ? mirror.Reveal() : mirror.Address)}</url></mirror></mirrors>
              <servers>{(mirror.User is null ? "" : $"<server><id>nua</id><username>{Escaped(mirror.User)}</username><password>{Escaped(mirror.Password?.Reveal())}</password></server>")}</servers>
            </settings>

            """)
        {
            Target = MavenSettings,
            Variables = new Dictionary<string, string> { ["MAVEN_ARGS"] = $"--global-settings {MavenSettings}" },
        },
    ];

    private const string MavenSettings = "/etc/maven/settings.xml";

    private static IEnumerable<ToolConfig> Composer(PackageMirror mirror)
    {
        var home = $"{Place}/composer";
        var who = mirror.User is null ? [] : new JsonObject
        {
            [mirror.Host] = new JsonObject { ["username"] = mirror.User, ["password"] = mirror.Password?.Reveal() },
        };
        var text = new JsonObject
        {
            ["config"] = new JsonObject { ["secure-http"] = !mirror.IsPlain, ["http-basic"] = who },
            ["repositories"] = new JsonArray(
                new JsonObject { ["type"] = mirror.IsFolder ? "artifact" : "composer", ["url"] = mirror.Address },
                new JsonObject { ["packagist"] = false }),
        };
        return
        [
            new("composer.json", text.ToJsonString())
            {
                Target = $"{home}/config.json",
                // Its cache would be in its home.
                Variables = new Dictionary<string, string> { ["COMPOSER_HOME"] = home, ["COMPOSER_CACHE_DIR"] = "/nua/.cache/composer" },
            },
        ];
    }

    private static ToolConfig Found(string variable, string name, string text) =>
        new(name, text) { Variables = new Dictionary<string, string> { [variable] = $"{Place}/{name}" } };

    private static ToolConfig Saying(params IEnumerable<(string Name, string Value)> variables) =>
        new((string?)null) { Variables = variables.ToDictionary(variable => variable.Name, variable => variable.Value) };

    private static string Quoted(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static string? Escaped(string? text) => SecurityElement.Escape(text);
}
