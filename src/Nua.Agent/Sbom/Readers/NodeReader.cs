using System.Globalization;

namespace Nua.Agent.Sbom.Readers;

/// <summary>Node.js itself, where no package of the distribution brought it: its headers say its version.</summary>
internal sealed class NodeReader : IPackageReader
{
    private static readonly string[] Parts = ["NODE_MAJOR_VERSION", "NODE_MINOR_VERSION", "NODE_PATCH_VERSION"];

    public bool Reads(ImageFile file) => file.Path == "/usr/local/include/node/node_version.h";

    public IEnumerable<Component> Read(ImageFile file)
    {
        var defined = file.ReadText().Split('\n')
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words is ["#define", _, var value] && int.TryParse(value, CultureInfo.InvariantCulture, out _))
            .GroupBy(words => words[1])
            .ToDictionary(same => same.Key, same => same.First()[2]);
        if (!Parts.All(defined.ContainsKey))
        {
            throw new InvalidDataException();
        }

        var version = string.Join('.', Parts.Select(part => defined[part]));
        yield return new Component("node", version, PackageUrl.Of("generic", "", "node", version)) { FoundAt = file.Path };
    }
}
