using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Nua.Core.Packages;
using Nua.Core.Packages.Reading;
using Nua.Core.Sites;
using Nua.Engine.Deploy;
using Nua.Engine.Images;
using Nua.Engine.Runtimes;
using Nua.Engine.State;
using Nua.Testing;
using Xunit;

namespace Nua.Tests.Engine.Deploy;

/// <summary>The plan of every real deploy file, beside what the predecessor did with it on an empty server.</summary>
public sealed class CorpusDeployTests
{
    private const string Nothing = "-";

    /// <summary>A difference we accept, and why: at a path, which is matched whole, theirs became ours.</summary>
    /// <param name="Reason">Says where the format is described so.</param>
    /// <param name="Path">A regular expression.</param>
    /// <param name="Theirs">A regular expression.</param>
    /// <param name="Ours">A regular expression.</param>
    private sealed record Accepted(string Reason, string Path, string Theirs, string Ours);

    private const string SubApplications = "a sub-application runs (1.12: type 'app'); the predecessor never started one";

    private static readonly Accepted[] Differences =
    [
        new(SubApplications, "redis2/order", "database app", "database app2 app"),
        new("a port of the host is taken only where one is declared (3.8: all ports were published)", ".*/port/.*/host", @"\d+ given", Nothing),
        new("BUG (3.11, located ports): a port with a 'proxy' is the web face of an app that has no other", "nopub/web", "no", "yes"),
    ];

    public static IEnumerable<TheoryDataRow<string>> Files => Corpus.IsAbsent
        ? [new TheoryDataRow<string>("none") { Skip = Corpus.Absent }]
        : Corpus.Sites.Where(row => IsPlanned(row.Data));

    [Fact]
    public void Every_reason_cites_the_description_of_the_format() =>
        Assert.All(Differences, difference => Assert.Matches(@"section \d|\(\d\.\d", difference.Reason));

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Names_ports_order_variables_and_volumes_are_the_predecessors(string file) =>
        Assert.Empty((await DifferencesOf(file)).Where(difference => difference.Why is null).Select(difference => difference.Line));

    [Fact]
    public async Task Every_accepted_difference_occurs()
    {
        Assert.SkipWhen(Corpus.IsAbsent, Corpus.Absent);
        var met = new HashSet<Accepted?>();
        foreach (var row in Files)
        {
            met.UnionWith((await DifferencesOf(row.Data)).Select(difference => difference.Why));
        }

        Assert.DoesNotContain(Differences, difference => !met.Contains(difference));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task No_two_sites_of_a_file_share_anything_on_the_engine(string file)
    {
        var plans = await PlansOf(file);
        var names = plans.SelectMany(plan => plan.Deployment.Workloads.Select(workload => workload.Name)
            .Concat(plan.Deployment.Volumes.Select(volume => volume.Name))
            .Append($"network {plan.Deployment.Network}"));

        Assert.Equal(names.Distinct(), names);
    }

    private static bool IsPlanned(string file)
    {
        using var golden = JsonDocument.Parse(Corpus.Golden("deploy", file));
        return golden.RootElement.GetProperty("status").GetString() == "ok";
    }

    private static async Task<IReadOnlyList<(string Line, Accepted? Why)>> DifferencesOf(string file)
    {
        using var golden = JsonDocument.Parse(Corpus.Golden("deploy", file));
        var sites = SitesReader.Read(file, Corpus.Text(file));
        var theirs = TheirsOf(golden.RootElement).ToDictionary();
        var ours = (await PlansOf(file)).Zip(sites).SelectMany(pair => OursOf(pair.Second, pair.First)).ToDictionary();
        return
        [
            .. from path in theirs.Keys.Union(ours.Keys).Order(StringComparer.Ordinal)
               let their = theirs.GetValueOrDefault(path, Nothing)
               let our = ours.GetValueOrDefault(path, Nothing)
               where their != our
               select ($"{path}: {their} became {our}", Differences.FirstOrDefault(known => Accepts(known, path, their, our))),
        ];
    }

    private static bool Accepts(Accepted known, string path, string theirs, string ours) =>
        Matches(path, known.Path) && Matches(theirs, known.Theirs)
        && Matches(ours, known.Ours);

    private static bool Matches(string text, string pattern) => Regex.IsMatch(text, $"^(?:{pattern})$", RegexOptions.None, Patience);

    private static TimeSpan Patience => TimeSpan.FromSeconds(1);

    private static async Task<IReadOnlyList<DeployPlan>> PlansOf(string file)
    {
        using var golden = JsonDocument.Parse(Corpus.Golden("deploy", file));
        var world = new DeployWorld();
        foreach (var config in golden.RootElement.GetProperty("images_used_from").EnumerateArray())
        {
            AddImage(world, config.GetString()!);
        }

        var plans = new List<DeployPlan>();
        foreach (var (index, site) in SitesReader.Read(file, Corpus.Text(file)).Index())
        {
            var request = new DeployRequest(
                site.Image, site.Label.Instance, site.Address.ToString(), new SiteSource(file, Corpus.Text(file), index));
            var facts = await new FactFinder(world.Seams).GatherAsync(request, DeployWorld.Cancellation);
            var package = EffectivePackage.Of(request, facts);
            var images = package.Providers.Select(provider =>
                new ProviderImage(provider.Name, provider.Build?.BaseImage ?? "built with the app", "sha256:1", HasAgent: true));
            plans.Add(new DeployPlanner(world.Seams.Names, world.Seams.Providers).Plan(request, facts, package, [.. images], "corpus"));
        }

        return plans;
    }

    private static void AddImage(DeployWorld world, string config)
    {
        var package = PackageReader.Read(config, Corpus.Text(config));
        var normal = (JsonObject)JsonNode.Parse(PackageWriter.ToJson(package))!;
        var merged = JsonNode.Parse(Corpus.Golden("nua-config", config))!["image_config"]!["provider"] as JsonArray;
        var labels = new Dictionary<string, string>
        {
            [ImageLabels.App] = package.Metadata.Id,
            [ImageLabels.Agent] = "fake",
            [ImageLabels.Config] = WithModules(normal, merged).ToJsonString(),
        };
        world.Images.Add(package.Metadata.ImageReference, labels);
    }

    /// <summary>What the predecessor's modules made of the providers that name one: what ours make of them is tested with them.</summary>
    private static JsonObject WithModules(JsonObject normal, JsonArray? merged)
    {
        if (normal["provider"] is not JsonArray providers)
        {
            return normal;
        }

        foreach (var index in Enumerable.Range(0, providers.Count).Where(index => providers[index]!["module-name"] is not null))
        {
            var provider = (JsonObject)merged![index]!.DeepClone();
            foreach (var key in provider.Select(property => property.Key).Where(key => key.StartsWith("module-", StringComparison.Ordinal)).ToList())
            {
                provider.Remove(key);
            }

            providers[index] = provider;
        }

        return normal;
    }

    private static IEnumerable<KeyValuePair<string, string>> TheirsOf(JsonElement golden)
    {
        var faces = golden.GetProperty("nginx_sites").EnumerateArray().Select(host => host.GetString()).ToHashSet();
        foreach (var instance in golden.GetProperty("instances").EnumerateArray())
        {
            var label = TextAt(instance, "label_id");
            var roles = instance.GetProperty("providers").EnumerateArray()
                .ToDictionary(provider => TextAt(provider, "container_name"), provider => TextAt(provider, "name"));
            roles[TextAt(instance, "container_name")] = WorkloadPlan.AppRole;
            var started = golden.GetProperty("containers_started").EnumerateArray()
                .Select(container => container.GetProperty("docker_run"))
                .Where(run => roles.ContainsKey(TextAt(run, "name")))
                .ToList();
            yield return new($"{label}/domain", TextAt(instance, "domain"));
            yield return new($"{label}/web", faces.Contains(TextAt(instance, "hostname")) ? "yes" : "no");
            yield return new($"{label}/order", string.Join(' ', started.Select(run => roles[TextAt(run, "name")])));
            foreach (var line in started.SelectMany(run => TheirsOf($"{label}/{roles[TextAt(run, "name")]}", label, run))
                .Concat(instance.GetProperty("port_list").EnumerateArray().SelectMany(port => PortOf(label, port))))
            {
                yield return line;
            }
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> TheirsOf(string path, string label, JsonElement run)
    {
        foreach (var variable in run.GetProperty("environment").EnumerateObject())
        {
            yield return new($"{path}/env/{variable.Name}", "set");
        }

        foreach (var mount in run.TryGetProperty("mounts", out var mounts) ? mounts.EnumerateArray().ToArray() : [])
        {
            var source = mount.GetProperty("Source").GetString() is { } name ? name.Replace($"{label}-", "", StringComparison.Ordinal) : "";
            var access = mount.GetProperty("ReadOnly").GetBoolean() ? "ro" : "rw";
            yield return new($"{path}/mount{TextAt(mount, "Target")}", $"{TextAt(mount, "Type")} {source} {access}");
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> PortOf(string label, JsonElement port)
    {
        var path = $"{label}/port/{TextAt(port, "name")}";
        yield return new($"{path}/container", TextAt(port, "container"));
        yield return new($"{path}/protocol", TextAt(port, "protocol"));
        yield return new($"{path}/ssl", TextAt(port, "ssl").ToLowerInvariant());
        yield return new($"{path}/proxy", TextAt(port, "proxy") is { Length: > 0 } proxy ? proxy : Nothing);
        yield return new($"{path}/host", TextAt(port, "host") is { Length: > 0 } host ? host : $"{TextAt(port, "host_use")} given");
    }

    private static string TextAt(JsonElement table, string key) => table.GetProperty(key).ToString();

    private static IEnumerable<KeyValuePair<string, string>> OursOf(Site site, DeployPlan plan)
    {
        var label = site.Label.Id;
        var deployment = plan.Deployment;
        yield return new($"{label}/domain", deployment.Domain);
        yield return new($"{label}/web", deployment.WebPort is null ? "no" : "yes");
        yield return new($"{label}/order", string.Join(' ', deployment.Workloads.Select(workload => workload.Role)));
        foreach (var line in deployment.Workloads.SelectMany(workload => OursOf($"{label}/{workload.Role}", workload, deployment)))
        {
            yield return line;
        }

        foreach (var port in plan.Package.Ports)
        {
            yield return new($"{label}/port/{port.Name}/container", NumberOf(port.Container, deployment));
            yield return new($"{label}/port/{port.Name}/protocol", port.Protocol is PortProtocol.Udp ? "udp" : "tcp");
            yield return new($"{label}/port/{port.Name}/ssl", port.Ssl ? "true" : "false");
            yield return new($"{label}/port/{port.Name}/proxy", NumberOf(port.Proxy, deployment));
            yield return new($"{label}/port/{port.Name}/host", NumberOf(port.Host, deployment));
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> OursOf(string path, WorkloadPlan workload, Deployment deployment) =>
    [
        .. workload.Env.Keys.Select(name => KeyValuePair.Create($"{path}/env/{name}", "set")),
        .. workload.Mounts.Select(mount => KeyValuePair.Create($"{path}/mount{mount.Target}", $"{MountOf(mount, deployment)} {(mount.ReadOnly ? "ro" : "rw")}")),
    ];

    /// <summary>A provider's volume carries the provider's name, so that two providers never share one.</summary>
    private static string MountOf(Mount mount, Deployment deployment) => mount switch
    {
        Mount.OfVolume volume => $"volume {BaseName(deployment.Volumes.Single(one => one.Name == volume.Volume).Role)}",
        Mount.OfDirectory directory => $"bind {directory.HostPath}",
        _ => "tmpfs ",
    };

    private static string BaseName(string role) => Regex.Replace(role, "^(?:database|broker)-", "", RegexOptions.None, Patience);

    private static string NumberOf(PortNumber? port, Deployment deployment) => port switch
    {
        PortNumber.Fixed known => $"{known.Number}",
        PortNumber.Dynamic { Setting: Setting.Lookup lookup } => deployment.App.Env[lookup.Key].Fill(_ => ""),
        _ => Nothing,
    };
}
