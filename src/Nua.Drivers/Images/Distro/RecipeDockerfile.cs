using System.Text;
using System.Text.Json;
using Nua.Core.Starting;
using Nua.Drivers.Images.Docker;
using Nua.Engine.Images;
using Nua.Engine.Images.Mirrors;

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

    /// <summary>Lists and packages lie in the builder's cache: they make the next build quick and no layer big.</summary>
    private const string AptCache =
        """
        --mount=type=cache,id=nua-apt-archives,target=/var/cache/apt,sharing=locked \
            --mount=type=cache,id=nua-apt-lists,target=/var/lib/apt/lists,sharing=locked
        """;

    /// <param name="recipe">What is wanted.</param>
    /// <param name="from">The base's name.</param>
    /// <param name="packages">Where its steps get packages.</param>
    /// <param name="npm">Where those of npm's registry are fetched.</param>
    /// <param name="sdk">The SDK of .NET that it gets.</param>
    public static string OnBase(ImageRecipe recipe, string from, PackageSources packages, NpmOrigin npm, HostDotNet? sdk = null)
    {
        var text = Begin(packages);
        if (recipe.NpmPackages.Count > 0)
        {
            NpmStage.Add(text, from, recipe.NpmPackages, packages, npm);
        }

        text.AppendLine($"FROM {from}");
        if (recipe.Files.Count > 0)
        {
            text.AppendLine($"COPY {Files}/ /");
        }

        if (recipe.Packages.Count > 0)
        {
            text.AppendLine($"RUN {Install(recipe.Packages, packages)}");
        }

        if (sdk is not null)
        {
            // The version is part of what tells the image from others.
            text.AppendLine($"# .NET {sdk.Version}").AppendLine($"COPY {DotNet}/ {DotNetRecipe.Folder}/");
        }

        AddSetUp(text, recipe, packages);
        foreach (var (name, value) in recipe.Environment.OrderBy(variable => variable.Key, StringComparer.Ordinal))
        {
            text.AppendLine($"ENV {name}={Quoted(value)}");
        }

        AddCommand(text, recipe);
        return text.ToString();
    }

    /// <summary>An image without a distribution: only the bundle of certificate authorities comes from one.</summary>
    /// <param name="from">The distribution.</param>
    /// <param name="packages">Where its steps get packages.</param>
    public static string OnNothing(string from, PackageSources packages) => Begin(packages)
        .AppendLine($"FROM {from} AS authorities")
        .AppendLine("WORKDIR /tmp")
        // Unpacked, not installed: installing it works on each certificate by itself, and takes many times as long.
        .AppendLine($"RUN {AptMounts(packages)} \\")
        .AppendLine($"    {packages.AptPreamble}apt-get -q update -o APT::Update::Error-Mode=any && apt-get -q download ca-certificates && dpkg-deb --extract ca-certificates_*.deb unpacked \\")
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

    /// <summary>Installs packages of the distribution; what follows <c>RUN</c>.</summary>
    public static string Install(IEnumerable<string> names, PackageSources packages) =>
        $"""
        {AptMounts(packages)} \
            {packages.AptPreamble}apt-get -q update -o APT::Update::Error-Mode=any \
         && DEBIAN_FRONTEND=noninteractive apt-get -q install --yes --no-install-recommends \
            -o Binary::apt-get::APT::Keep-Downloaded-Packages=true -o Dpkg::Use-Pty=0 -o Dpkg::Options::=--force-confold \
            {string.Join(' ', names)} \
         && rm -rf /var/log/apt /var/log/*.log /var/cache/debconf/*-old /var/cache/ldconfig /var/lib/dpkg/*-old
        """;

    private static StringBuilder Begin(PackageSources packages)
    {
        var text = new StringBuilder();
        return packages.Folder is null ? text : text
            .AppendLine($"ARG {PackageSources.FolderArgument}")
            .AppendLine($"FROM ${{{PackageSources.FolderArgument}}} AS {PackageSources.FolderStage}");
    }

    private static string AptMounts(PackageSources packages) =>
        string.Join(" \\\n    ", packages.AptMounts.Select(mount => $"--mount={mount}").Prepend(AptCache));

    private static void AddSetUp(StringBuilder text, ImageRecipe recipe, PackageSources packages)
    {
        if (recipe.SetUp.Count == 0)
        {
            return;
        }

        foreach (var (name, value) in packages.Environment)
        {
            text.AppendLine($"ARG {name}={Quoted(value)}");
        }

        IReadOnlyList<string> mounts = [.. packages.Mounts, .. recipe.NpmPackages.Count == 0 ? [] : (string[])[NpmStage.Mount]];
        foreach (var command in recipe.SetUp)
        {
            text.AppendLine($"RUN {string.Concat(mounts.Select(mount => $"--mount={mount} "))}{command}");
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
        .AppendLine($"COPY {Agent} {StartFile.Agent}")
        .AppendLine($"LABEL {ImageLabels.Agent}=start")
        .AppendLine($"ENTRYPOINT {Json([StartFile.Agent, "start", .. start.User is { } user ? ["--user", user] : Array.Empty<string>(), "--"])}")
        .AppendLine($"CMD {Json(start.Command)}");

    private static string Json(IEnumerable<string> words) =>
        $"[{string.Join(", ", words.Select(word => $"\"{JsonEncodedText.Encode(word)}\""))}]";

    internal static string Quoted(string value) =>
        $"\"{value.Replace("\\", @"\\").Replace("\"", "\\\"").Replace("$", "\\$")}\"";
}
