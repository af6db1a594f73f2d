namespace Nua.Agent.Sbom;

/// <summary>Writes package URLs (ECMA-427): <c>pkg:deb/debian/curl@7.88.1-10?arch=amd64</c>.</summary>
internal static class PackageUrl
{
    /// <param name="type">The ecosystem: <c>deb</c>, <c>npm</c>, <c>pypi</c> …</param>
    /// <param name="space">What the name is unique in: a vendor, a group; segments parted by slashes; empty when there is none.</param>
    /// <param name="name">The name.</param>
    /// <param name="version">The version; empty when it is unknown.</param>
    /// <param name="qualifiers">What else tells it from others, by name and in the order of the names; empty values are left out.</param>
    public static string Of(string type, string space, string name, string version, params IReadOnlyList<(string Name, string Value)> qualifiers)
    {
        var path = space.Split('/', StringSplitOptions.RemoveEmptyEntries).Append(name).Select(Encode);
        var given = qualifiers.Where(qualifier => qualifier.Value.Length > 0)
            .Select(qualifier => $"{qualifier.Name}={Encode(qualifier.Value)}")
            .ToList();
        return $"pkg:{type}/{string.Join('/', path)}"
            + (version.Length > 0 ? $"@{Encode(version)}" : "")
            + (given.Count > 0 ? $"?{string.Join('&', given)}" : "");
    }

    // A colon is never encoded.
    private static string Encode(string text) => Uri.EscapeDataString(text).Replace("%3A", ":");
}
