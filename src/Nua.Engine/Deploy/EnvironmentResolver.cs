using System.Text.RegularExpressions;
using Nua.Core.Packages;
using Nua.Core.Problems;
using Nua.Engine.State;

namespace Nua.Engine.Deploy;

/// <summary>Something whose variables others may look up: the app, a provider.</summary>
/// <param name="Name"><c>app</c>, or the provider's name.</param>
/// <param name="Env">Its variables as written.</param>
/// <param name="Given">What the operator gave in their place, and more.</param>
/// <param name="Properties">What else can be looked up: <c>hostname</c>, <c>domain</c> …</param>
/// <param name="Volumes">The properties of its volumes, by the volume's name.</param>
internal sealed record EnvOwner(
    string Name,
    IReadOnlyDictionary<string, Setting> Env,
    IReadOnlyDictionary<string, EnvValue> Given,
    IReadOnlyDictionary<string, string> Properties,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Volumes)
{
    /// <summary>The names of all its variables.</summary>
    public IEnumerable<string> Variables => Env.Keys.Union(Given.Keys);

    public bool Has(string variable) => Env.ContainsKey(variable) || Given.ContainsKey(variable);
}

/// <summary>Works out every variable of an instance: lookups, <c>{NAME}</c> in texts, and values that are made once and kept.</summary>
/// <param name="owners">The app and its providers.</param>
/// <param name="externalIp">The server's own address.</param>
/// <param name="names">Under which names values are kept.</param>
internal sealed partial class EnvironmentResolver(IReadOnlyList<EnvOwner> owners, string externalIp, KeptNames names)
{
    private readonly Dictionary<(string Owner, string Key), EnvValue> _known = [];
    private readonly HashSet<(string Owner, string Key)> _underWay = [];

    /// <exception cref="NuaException"><c>deploy.env-cycle</c>, <c>deploy.unknown-owner</c>, <c>deploy.unknown-key</c></exception>
    public IReadOnlyDictionary<string, EnvValue> Resolve(string owner)
    {
        var found = OwnerOf(owner, asker: owner);
        return found.Variables.ToDictionary(key => key, key => ValueOf(found, key));
    }

    /// <summary>A setting that is not a variable, such as a port, as its owner would see it.</summary>
    public string ResolveText(string owner, Setting setting) =>
        Evaluate(OwnerOf(owner, owner), "", setting).Fill(_ => "");

    private EnvValue ValueOf(EnvOwner owner, string key)
    {
        if (_known.TryGetValue((owner.Name, key), out var known))
        {
            return known;
        }

        if (!_underWay.Add((owner.Name, key)))
        {
            throw new NuaException(DeployProblems.EnvironmentCycle(owner.Name, key));
        }

        var value = owner.Given.GetValueOrDefault(key) ?? Evaluate(owner, key, owner.Env[key]);
        _underWay.Remove((owner.Name, key));
        return _known[(owner.Name, key)] = value;
    }

    private EnvValue Evaluate(EnvOwner owner, string key, Setting setting) => setting switch
    {
        Setting.Literal literal => Splice(owner, literal.Value),
        Setting.Lookup lookup => LookUp(owner, lookup),
        Setting.RandomText random => Kept(owner, key, KeptKind.RandomText, random.Persistent, random.Length),
        Setting.RandomInteger random => Kept(owner, key, KeptKind.RandomInteger, random.Persistent),
        Setting.UniqueDatabase unique => Kept(owner, key, KeptKind.UniqueDatabase, unique.Persistent),
        Setting.UniqueUser unique => Kept(owner, key, KeptKind.UniqueUser, unique.Persistent),
        Setting.ExternalIp => EnvValue.Of(externalIp),
        _ => throw new NuaException(DeployProblems.NoHostDatabase(owner.Name, key)),
    };

    private EnvValue Kept(EnvOwner owner, string key, KeptKind kind, bool persistent, int length = 0) =>
        EnvValue.Of(new KeptReference(owner.Name, names.Of(owner.Name, key, persistent), kind, length));

    private EnvValue LookUp(EnvOwner asker, Setting.Lookup lookup)
    {
        if (lookup.From is { Length: > 0 } from && asker.Volumes.TryGetValue(from, out var volume))
        {
            return volume.TryGetValue(Dashed(lookup.Key), out var text)
                ? EnvValue.Of(text)
                : throw new NuaException(DeployProblems.UnknownKey(from, lookup.Key, volume.Keys));
        }

        var owner = OwnerOf(lookup.From is { Length: > 0 } ? lookup.From : asker.Name, asker.Name);
        if (owner.Has(lookup.Key))
        {
            return ValueOf(owner, lookup.Key);
        }

        return owner.Properties.TryGetValue(Dashed(lookup.Key), out var property)
            ? EnvValue.Of(property)
            : throw new NuaException(DeployProblems.UnknownKey(owner.Name, lookup.Key, owner.Variables.Concat(owner.Properties.Keys)));
    }

    private EnvOwner OwnerOf(string name, string asker) => owners.FirstOrDefault(owner => owner.Name == name)
        ?? throw new NuaException(DeployProblems.UnknownOwner(asker, name, owners.Select(owner => owner.Name)));

    /// <summary>Replaces <c>{NAME}</c> of the owner's own variables; all other braces stay, so JSON survives.</summary>
    private EnvValue Splice(EnvOwner owner, string text)
    {
        var parts = new List<EnvPart>();
        var end = 0;
        foreach (var name in Braced.EnumerateMatches(text))
        {
            var variable = text.Substring(name.Index + 1, name.Length - 2);
            if (owner.Has(variable))
            {
                parts.Add(new EnvPart(text[end..name.Index], Kept: null));
                parts.AddRange(ValueOf(owner, variable).Parts);
                end = name.Index + name.Length;
            }
        }

        parts.Add(new EnvPart(text[end..], Kept: null));
        return new EnvValue([.. parts.Where(part => part.Kept is not null || part.Text!.Length > 0)]);
    }

    private static string Dashed(string key) => key.Replace('_', '-');

    [GeneratedRegex(@"\{[A-Za-z_][A-Za-z0-9_]*\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Braced { get; }
}
