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
        NamesDiffer(file, "volume", "target", target => target.Length > 1 ? target.TrimEnd('/') : target);
        ProxiesDiffer(file);
        SourcesExist(file, package);
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

    /// <summary>The gateway can listen on a port for one thing only.</summary>
    private static void ProxiesDiffer(Value file)
    {
        HashSet<string> seen = [];
        foreach (var proxy in At(file, "port").SelectMany(Entries).SelectMany(port => At(port.Value, "proxy")))
        {
            if (TextOf(proxy) is { } number && !seen.Add(number))
            {
                proxy.Source.Error(PackageProblems.UsedTwice(proxy.Path, number), proxy.At);
            }
        }
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
        var variables = At(owner, "env").SelectMany(Entries).Select(variable => variable.Value);
        var ports = At(owner, "port").SelectMany(Entries).SelectMany(port => Entries(port.Value)).Select(number => number.Value);
        foreach (var from in variables.Concat(ports).SelectMany(rule => At(rule, "from")))
        {
            if (TextOf(from) is { Length: > 0 } name && !known.Contains(name))
            {
                from.Source.Error(PackageProblems.UnknownSource(from.Path, name, known), from.At);
            }
        }
    }

    private static void PlaceholdersExist(Value file, Package package)
    {
        var names = Interpolation.Of(package.Metadata, package.Build);
        foreach (var value in At(file, "build").SelectMany(build => Filled.SelectMany(key => At(build, key))).SelectMany(TextsOf))
        {
            foreach (var name in names.UnknownIn(((TextNode)value.Node).Value))
            {
                var nearest = Spelling.Nearest(name, names.Values.Keys);
                value.Source.Warn(PackageProblems.UnknownPlaceholder(value.Path, name, nearest), value.At);
            }
        }
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
            ? [new Value(owner.Source, owner.Path.Length == 0 ? key : $"{owner.Path}.{key}", entry.Value)]
            : [];

    private static IEnumerable<Value> Items(Value value) => value.Node is ListNode ? value.AsItems() : [];

    private static IEnumerable<(Entry Entry, Value Value)> Entries(Value value) => value.Node is TableNode ? value.AsEntries() : [];
}
