using System.Text.Json;

namespace Nua.Core.Detecting;

/// <summary>An npm package: <c>package.json</c>; the lock file beside it says which program installs it.</summary>
internal sealed class Node : IDetectionRule
{
    private const string Manifest = "package.json";

    private static readonly string[] Locks = ["package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml"];

    private static readonly string[] Servers = ["server.js", "server.mjs", "index.js", "index.mjs", "app.js", "app.mjs"];

    public Detection? Apply(SourceTree tree)
    {
        if (!tree.Has(Manifest))
        {
            return null;
        }

        var files = tree.Existing([Manifest, .. Locks]);
        var because = files.Count > 1 ? $"{Manifest} describes an npm package, locked by {files[1]}" : $"{Manifest} describes an npm package";
        return new Detection(Languages.Node, because, files, StartOf(tree));
    }

    /// <summary><c>npm start</c> when the package defines it, else Node.js on its main file or on a file named like a server.</summary>
    private static string? StartOf(SourceTree tree)
    {
        try
        {
            using var manifest = JsonDocument.Parse(tree.Text(Manifest));
            if (TextAt(manifest.RootElement, "scripts", "start") is not null)
            {
                return "npm start";
            }

            var main = TextAt(manifest.RootElement, "main");
            var file = tree.FirstExisting([.. main is null ? [] : (string[])[main], .. Servers]);
            return file is null ? null : $"node {file}";
        }
        catch (JsonException)
        {
            // A manifest npm cannot read either: the build will say so, with npm's own words.
            return null;
        }
    }

    private static string? TextAt(JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (var key in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(key, out element))
            {
                return null;
            }
        }

        return element.ValueKind == JsonValueKind.String ? element.GetString() : null;
    }
}
