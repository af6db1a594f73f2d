using System.Globalization;
using Xunit;

namespace Nua.AcceptanceTests;

/// <summary>
/// Containers, images, networks and volumes that are somebody else's, by chance as near to Nua's as they can be: names with the
/// same beginning, labels of the same names, another server's labels, images that Nua built in containers that it did not make.
/// </summary>
internal sealed class ForeignObjects(string server, string instance, Random chance) : IAsyncDisposable
{
    private const string Tiny = "nua-foreign/tiny:1";
    private const string Dockerfile = "FROM scratch\nCOPY busybox /bin/busybox\nRUN [\"/bin/busybox\", \"--install\", \"-s\", \"/bin\"]\n";
    private static readonly string[] Kinds = ["container", "image", "network", "volume"];
    private readonly List<(string Kind, string Name)> _made = [];
    private readonly DirectoryInfo _context = Directory.CreateTempSubdirectory("nua-foreign-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Makes so many, of every kind.</summary>
    /// <param name="count">How many.</param>
    /// <param name="image">An image that Nua built, for some of the containers.</param>
    public async Task MakeAsync(int count, string image)
    {
        File.Copy("/bin/busybox", Path.Combine(_context.FullName, "busybox"), overwrite: true);
        await File.WriteAllTextAsync(Path.Combine(_context.FullName, "Dockerfile"), Dockerfile, Cancellation);
        await DockerOkAsync("build", "--quiet", "--tag", Tiny, _context.FullName);
        _made.Add(("image", Tiny));
        for (var number = 0; number < count; number++)
        {
            await MakeAsync(Kinds[number % Kinds.Length], NameNear(number), LabelsNear(), chance.Next(3) == 0 ? image : Tiny);
        }
    }

    /// <summary>Makes one of just that name.</summary>
    public Task MakeAsync(string kind, string name) => MakeAsync(kind, name, LabelsNear(), Tiny);

    /// <summary>All that the engine says of them.</summary>
    public async Task<string> InspectAsync()
    {
        var all = "";
        foreach (var (kind, name) in _made)
        {
            all += (await DockerOkAsync(kind, "inspect", name)).Output;
        }

        return all;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (kind, name) in Enumerable.Reverse(_made))
        {
            IReadOnlyList<string> force = kind == "container" ? ["--force", "--volumes"] : [];
            await Command.DockerAsync(CancellationToken.None, [kind, "rm", .. force, name]);
        }

        _context.Delete(recursive: true);
    }

    private async Task MakeAsync(string kind, string name, IReadOnlyDictionary<string, string> labels, string image)
    {
        IReadOnlyList<string> options = [.. labels.SelectMany(label => new[] { "--label", $"{label.Key}={label.Value}" })];
        switch (kind)
        {
            case "container":
                IReadOnlyList<string> how = chance.Next(2) == 0 ? ["create"] : ["run", "--detach"];
                await DockerOkAsync([.. how, "--name", name, .. options, "--entrypoint", "sleep", image, "600"]);
                break;
            case "image":
                await DockerOkAsync(["build", "--quiet", "--tag", name, .. options, _context.FullName]);
                break;
            default:
                await DockerOkAsync([kind, "create", .. options, name]);
                break;
        }

        _made.Add((kind, name));
    }

    private string NameNear(int number)
    {
        string[] stems = [$"{server}_{instance}", $"{server}_{instance}_app", $"{server}-{instance}", $"{server}_{instance}x", $"x{server}_{instance}", $"nua-{instance}"];
        return string.Create(CultureInfo.InvariantCulture, $"{stems[chance.Next(stems.Length)]}_f{number}");
    }

    /// <summary>None is whole: each lacks a label, or has another server's name, or an instance that cannot be.</summary>
    private Dictionary<string, string> LabelsNear()
    {
        var labels = new Dictionary<string, string>
        {
            ["rocks.nua.server"] = server,
            ["rocks.nua.instance"] = instance,
            ["rocks.nua.operation"] = "0190f2",
            ["rocks.nua.role"] = "app",
            ["rocks.nua.spec"] = "0",
        };
        switch (chance.Next(6))
        {
            case 0:
                return [];
            case 1:
                return labels.ToDictionary(label => $"{label.Key}s", label => label.Value);
            case 2:
                labels["rocks.nua.instance"] = "No Instance!";
                break;
            case 3:
                labels["rocks.nua.server"] = $"{server}2";
                break;
            default:
                labels.Remove(labels.Keys.ElementAt(chance.Next(4)));
                break;
        }

        return labels;
    }

    private static async Task<Outcome> DockerOkAsync(params IReadOnlyList<string> arguments)
    {
        var done = await Command.DockerAsync(Cancellation, arguments);
        Assert.True(done.ExitCode == 0, done.ToString());
        return done;
    }
}
