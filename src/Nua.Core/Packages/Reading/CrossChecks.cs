using Nua.Core.Problems;

namespace Nua.Core.Packages.Reading;

/// <summary>What no single section can know: names that must differ, and names that must exist.</summary>
internal static class CrossChecks
{
    /// <summary>The keys of <c>[build]</c> in which names in braces are filled.</summary>
    private static readonly string[] Filled = ["src-url", "git-url", "git-branch", "base-image", "builder", "project", "build"];

    public static void Run(SourceText source, TableNode root, Package package)
    {
        var file = new Value(source, "", root);
        NamesDiffer(file, "provider", "name", name => name);
        NamesDiffer(file, "volume", "target", Volume.SamePlace);
        NamesDiffer(file, "cron", "name", name => name);
        foreach (var provider in At(file, "provider").SelectMany(Items))
        {
            NamesDiffer(provider, "volume", "target", Volume.SamePlace);
        }

        ProxiesDiffer(file, []);
        HostsDiffer(file, []);
        SourcesExist(file, package);
        ProvidersAreInNoCircle(file, package);
        WrapsSomething(file, package);
        PlaceholdersExist(file, package);
    }

    private static void NamesDiffer(Value file, string list, string key, Func<string, string> normalise)
    {
        HashSet<string> seen = [];
        foreach (var name in At(file, list).SelectMany(Items).SelectMany(item => At(item, key)))
        {
            if (TextOf(name) is { } text && !seen.Add(normalise(text)))
            {
                name.Source.Error(PackageProblems.UsedTwice(name.Path, text), name.At);
            }
        }
    }

    /// <summary>The same of each site of a sites file, and of all of them together.</summary>
    public static void RunOnSites(SourceText source, TableNode root)
    {
        HashSet<string> proxies = [];
        HashSet<string> hosts = [];
        foreach (var site in At(new Value(source, "", root), "site").SelectMany(Items))
        {
            NamesDiffer(site, "volume", "target", Volume.SamePlace);
            NamesDiffer(site, "provider", "name", name => name);
            ProxiesDiffer(site, proxies);
            HostsDiffer(site, hosts);
        }
    }

    /// <summary>The gateway can listen on a port for one thing only.</summary>
    private static void ProxiesDiffer(Value owner, HashSet<string> seen)
    {
        foreach (var proxy in At(owner, "port").SelectMany(Entries).SelectMany(port => At(port.Value, "proxy")))
        {
            if (TextOf(proxy) is { } number && !seen.Add(number))
            {
                proxy.Source.Error(PackageProblems.UsedTwice(proxy.Path, number), proxy.At);
            }
        }
    }

    /// <summary>So can the server, for each protocol.</summary>
    private static void HostsDiffer(Value owner, HashSet<string> seen)
    {
        foreach (var port in At(owner, "port").SelectMany(Entries))
        {
            var protocol = At(port.Value, "protocol").Select(TextOf).FirstOrDefault()?.ToLowerInvariant() ?? "tcp";
            foreach (var host in At(port.Value, "host"))
            {
                if (TextOf(host) is { } number && !seen.Add($"{number}/{protocol}"))
                {
                    host.Source.Error(PackageProblems.UsedTwice(host.Path, number), host.At);
                }
            }
        }
    }

    /// <summary>Only warned of: the package can be read and shown, it only cannot be built, which the build says in its own words.</summary>
    private static void WrapsSomething(Value file, Package package)
    {
        if (package.Build is { Method: BuildMethod.Wrap, BaseImage: null })
        {
            var method = At(file, "build").SelectMany(build => At(build, "method")).First();
            method.Source.Warn(PackageProblems.NothingToWrap(), method.At);
        }
    }

    /// <summary>Each provider starts after those whose values it takes; in a circle none could be the first.</summary>
    private static void ProvidersAreInNoCircle(Value file, Package package)
    {
        Dictionary<string, Value[]> needs = [];
        foreach (var (node, provider) in At(file, "provider").SelectMany(Items).Zip(package.Providers))
        {
            var own = NamesOf(provider.Volumes ?? []).Append(provider.Name).ToHashSet();
            needs.TryAdd(provider.Name, [.. SourcesOf(node).Where(from => TextOf(from) is { Length: > 0 } name && !own.Contains(name))]);
        }

        if (CircleIn(needs) is { } circle)
        {
            var from = needs[circle[0]].First(from => TextOf(from) == circle[1]);
            from.Source.Error(PackageProblems.ProvidersInACircle(from.Path, circle), from.At);
        }
    }

    /// <returns>The way from a provider back to itself, both ends included; <see langword="null"/> when all can be started in turn.</returns>
    private static string[]? CircleIn(IReadOnlyDictionary<string, Value[]> needs)
    {
        Dictionary<string, Value[]> waiting = new(needs);
        string? NextOf(string name) => waiting[name].Select(TextOf).FirstOrDefault(need => waiting.ContainsKey(need!));
        while (waiting.Keys.Where(name => NextOf(name) is null).ToArray() is { Length: > 0 } ready)
        {
            ready.ToList().ForEach(name => waiting.Remove(name));
        }

        List<string> way = [.. waiting.Keys.Take(1)];
        while (way.Count > 0)
        {
            var next = NextOf(way[^1])!;
            if (way.IndexOf(next) is >= 0 and var start)
            {
                return [.. way[start..], next];
            }

            way.Add(next);
        }

        return null;
    }

    /// <summary>Providers that come from a module are left out: their volumes are the module's, and known to the catalogue only.</summary>
    private static void SourcesExist(Value file, Package package)
    {
        var providers = package.Providers.Select(provider => provider.Name).ToArray();
        SourcesExist(file, [.. NamesOf(package.Volumes), .. providers]);
        foreach (var (node, provider) in At(file, "provider").SelectMany(Items).Zip(package.Providers))
        {
            if (provider.Module is null)
            {
                SourcesExist(node, [.. NamesOf(provider.Volumes ?? []), .. providers]);
            }
        }
    }

    private static void SourcesExist(Value owner, IReadOnlyCollection<string> known)
    {
        foreach (var from in SourcesOf(owner))
        {
            if (TextOf(from) is { Length: > 0 } name && !known.Contains(name))
            {
                from.Source.Error(PackageProblems.UnknownSource(from.Path, name, known), from.At);
            }
        }
    }

    private static IEnumerable<Value> SourcesOf(Value owner)
    {
        var variables = At(owner, "env").SelectMany(Entries).Select(variable => variable.Value);
        var ports = At(owner, "port").SelectMany(Entries).SelectMany(port => Entries(port.Value)).Select(number => number.Value);
        return variables.Concat(ports).SelectMany(rule => At(rule, "from"));
    }

    private static void PlaceholdersExist(Value file, Package package)
    {
        var names = Interpolation.Of(package.Metadata, package.Build);
        foreach (var value in At(file, "build").SelectMany(build => Filled.SelectMany(key => At(build, key))).SelectMany(TextsOf))
        {
            foreach (var name in names.UnknownIn(((TextNode)value.Node).Value))
            {
                value.Source.Warn(ProblemWith(value, name, names), value.At);
            }
        }
    }

    private static Problem ProblemWith(Value value, string placeholder, Interpolation names)
    {
        var name = placeholder.Split('!', ':')[0];
        return name == placeholder
            ? PackageProblems.UnknownPlaceholder(value.Path, name, Spelling.Nearest(name, names.Values.Keys))
            : PackageProblems.PlaceholderWithFormat(value.Path, placeholder, name);
    }

    private static IEnumerable<string> NamesOf(IEnumerable<Volume> volumes) => volumes.Select(volume => volume.Name).OfType<string>();

    /// <summary>What a reader made of it, without saying again what it had to say.</summary>
    private static string? TextOf(Value value) => value.Node switch
    {
        TextNode text => text.Value.Trim(),
        BooleanNode boolean => boolean.Value ? "true" : "false",
        NumberNode number => NodeJson.NumberText(number),
        _ => null,
    };

    private static IEnumerable<Value> TextsOf(Value value) => value.Node switch
    {
        TextNode => [value],
        ListNode => Items(value).Where(item => item.Node is TextNode),
        _ => [],
    };

    // These look again at what was read already, so they say nothing of what is not as it should be.
    private static IEnumerable<Value> At(Value owner, string key) =>
        owner.Node is TableNode table && table.FindFolded(key) is { } entry
            ? [new Value(owner.Source, owner.Path.Length == 0 ? entry.Key : $"{owner.Path}.{entry.Key}", entry.Value)]
            : [];

    private static IEnumerable<Value> Items(Value value) => value.Node is ListNode ? value.AsItems() : [];

    private static IEnumerable<(Entry Entry, Value Value)> Entries(Value value) => value.Node is TableNode ? value.AsEntries() : [];
}
