using System.Text;
using System.Text.Json;
using Nua.Core.Starting;
using Nua.Drivers.Images.Docker;
using Nua.Engine.Images;

namespace Nua.Drivers.Images.Distro;

/// <summary>Says a recipe as a Dockerfile. Pure.</summary>
internal static class RecipeDockerfile
{
    /// <summary>Where the context has the recipe's files, as they are to lie in the image.</summary>
    public const string Files = "files";

    /// <summary>Where the context has the agent.</summary>
    public const string Agent = "agent";

    /// <summary>Where the context has the SDK of .NET.</summary>
    public const string DotNet = "dotnet";

    /// <summary>The id of the secret that holds this machine's certificate authorities.</summary>
    public const string AuthoritiesSecret = "ca";

    /// <summary>Lists and packages lie in the builder's cache: they make the next build quick and no layer big.</summary>
    private const string AptCache =
        """
        --mount=type=cache,id=nua-apt-archives,target=/var/cache/apt,sharing=locked \
            --mount=type=cache,id=nua-apt-lists,target=/var/lib/apt/lists,sharing=locked
        """;

    private const string AuthoritiesFile = "/run/secrets/nua-ca.pem";

    private const string AgentInImage = "/nua/agent";

    private static readonly string[] AuthoritiesReaders = ["CURL_CA_BUNDLE", "NODE_EXTRA_CA_CERTS", "SSL_CERT_FILE", "npm_config_cafile"];

    /// <param name="recipe">What is wanted.</param>
    /// <param name="from">The base's name.</param>
    /// <param name="arguments">Names of build arguments its steps read.</param>
    /// <param name="sdk">The SDK of .NET that it gets.</param>
    public static string OnBase(ImageRecipe recipe, string from, IEnumerable<string> arguments, HostDotNet? sdk = null)
    {
        var text = new StringBuilder().AppendLine($"FROM {from}");
        foreach (var argument in arguments)
        {
            text.AppendLine($"ARG {argument}");
        }

        if (recipe.Files.Count > 0)
        {
            text.AppendLine($"COPY {Files}/ /");
        }

        AddPackages(text, recipe.Packages);
        if (sdk is not null)
        {
            // The version is part of what tells the image from others.
            text.AppendLine($"# .NET {sdk.Version}").AppendLine($"COPY {DotNet}/ {DotNetRecipe.Folder}/");
        }

        AddSetUp(text, recipe.SetUp);
        foreach (var (name, value) in recipe.Environment.OrderBy(variable => variable.Key, StringComparer.Ordinal))
        {
            text.AppendLine($"ENV {name}={Quoted(value)}");
        }

        AddCommand(text, recipe);
        return text.ToString();
    }

    /// <summary>An image without a distribution: only the bundle of certificate authorities comes from one.</summary>
    public static string OnNothing(string from) => new StringBuilder()
        .AppendLine($"FROM {from} AS authorities")
        .AppendLine("WORKDIR /tmp")
        // Unpacked, not installed: installing it works on each certificate by itself, and takes many times as long.
        .AppendLine($"RUN {AptCache} \\")
        .AppendLine("    apt-get -q update -o APT::Update::Error-Mode=any && apt-get -q download ca-certificates && dpkg-deb --extract ca-certificates_*.deb unpacked \\")
        .AppendLine(" && cat unpacked/usr/share/ca-certificates/mozilla/*.crt > ca-certificates.crt")
        .AppendLine("FROM scratch")
        .AppendLine($"COPY {Files}/ /")
        .AppendLine("COPY --from=authorities /tmp/ca-certificates.crt /etc/ssl/certs/")
        .ToString();

    /// <summary>A base from the distribution's own image on a registry.</summary>
    public static string AsBase(string from) => $"FROM {from}\nENV LANG=C.UTF-8\n";

    /// <summary>Puts the agent before what an image runs by itself; it becomes the image's user before it runs that.</summary>
    /// <param name="from">The image.</param>
    /// <param name="start">What it runs by itself.</param>
    public static string UnderAgent(string from, ImageStart start)
    {
        var text = new StringBuilder().AppendLine($"FROM {from}").AppendLine("USER 0");
        foreach (var file in StartFiles(start).Keys)
        {
            text.AppendLine($"COPY {Files}{file} {file}");
        }

        AddAgent(text, start);
        return text.ToString();
    }

    /// <summary>
    /// The files that <see cref="UnderAgent"/> lays into an image: commands run in its container, such as those that ask for its
    /// health, are told its user by no command line.
    /// </summary>
    public static Dictionary<string, string> StartFiles(ImageStart start) => start.User is { } user
        ? new Dictionary<string, string> { [StartFile.ImagePath] = new StartFile(user, WorkingDirectory: ".").ToJson() }
        : [];

    private static void AddPackages(StringBuilder text, IReadOnlyList<string> packages)
    {
        if (packages.Count == 0)
        {
            return;
        }

        text.AppendLine($"RUN {AptCache} \\")
            .AppendLine("    apt-get -q update -o APT::Update::Error-Mode=any \\")
            .AppendLine(" && DEBIAN_FRONTEND=noninteractive apt-get -q install --yes --no-install-recommends \\")
            .AppendLine("    -o Binary::apt-get::APT::Keep-Downloaded-Packages=true -o Dpkg::Use-Pty=0 -o Dpkg::Options::=--force-confold \\")
            .AppendLine($"    {string.Join(' ', packages)} \\")
            .AppendLine(" && rm -rf /var/log/apt /var/log/*.log /var/cache/debconf/*-old /var/cache/ldconfig /var/lib/dpkg/*-old");
    }

    private static void AddSetUp(StringBuilder text, IReadOnlyList<string> commands)
    {
        if (commands.Count == 0)
        {
            return;
        }

        foreach (var reader in AuthoritiesReaders)
        {
            text.AppendLine($"ARG {reader}={AuthoritiesFile}");
        }

        foreach (var command in commands)
        {
            text.AppendLine($"RUN --mount=type=secret,id={AuthoritiesSecret},target={AuthoritiesFile},mode=0444 {command}");
        }
    }

    private static void AddCommand(StringBuilder text, ImageRecipe recipe)
    {
        if (recipe.Command.Count > 0)
        {
            AddAgent(text, new ImageStart(recipe.Command));
        }

        if (recipe.StopSignal is { } signal)
        {
            text.AppendLine($"STOPSIGNAL {signal}");
        }
    }

    // The command stays a command, so that whoever runs the image may give another one, still under the agent.
    private static void AddAgent(StringBuilder text, ImageStart start) => text
        .AppendLine($"COPY {Agent} {AgentInImage}")
        .AppendLine($"LABEL {ImageLabels.Agent}=start")
        .AppendLine($"ENTRYPOINT {Json([AgentInImage, "start", .. start.User is { } user ? ["--user", user] : Array.Empty<string>(), "--"])}")
        .AppendLine($"CMD {Json(start.Command)}");

    private static string Json(IEnumerable<string> words) =>
        $"[{string.Join(", ", words.Select(word => $"\"{JsonEncodedText.Encode(word)}\""))}]";

    private static string Quoted(string value) =>
        $"\"{value.Replace("\\", @"\\").Replace("\"", "\\\"").Replace("$", "\\$")}\"";
}
