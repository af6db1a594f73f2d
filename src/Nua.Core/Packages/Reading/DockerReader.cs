using System.Text.Json;

namespace Nua.Core.Packages.Reading;

/// <summary>Reads a <c>docker</c> table: engine options under docker-py argument names, untouched.</summary>
internal static class DockerReader
{
    public static IReadOnlyDictionary<string, JsonElement> ReadIn(Section section)
    {
        OrderedDictionary<string, JsonElement> options = [];
        if (section.Ask("docker", new Shape.MapOf(new Shape.Anything())) is { } table)
        {
            foreach (var (entry, value) in table.AsEntries())
            {
                if (entry.Key == "env")
                {
                    value.Source.Warn(PackageProblems.IgnoredForEngine(value.Path), entry.At);
                }
                else
                {
                    options[entry.Key] = value.AsJson();
                }
            }
        }

        return options;
    }
}
