using System.Text.Json.Nodes;
using Nua.Core.Packages;

namespace Nua.Engine.Build.Scripts;

/// <summary>What templates know beside the environment: <c>[metadata]</c> and over it <c>[build]</c>, with their texts filled.</summary>
internal static class TemplateData
{
    public const string File = "template.json";

    private static readonly string[] Sections = ["metadata", "build"];

    public static string ToJson(Package package)
    {
        var config = JsonNode.Parse(PackageWriter.ToJson(package))!.AsObject();
        var data = new JsonObject();
        foreach (var (name, value) in Sections.SelectMany(section => config[section]?.AsObject() ?? []))
        {
            data[name] = value?.DeepClone();
        }

        foreach (var (name, text) in Interpolation.Of(package.Metadata, package.Build).Values)
        {
            data[name] = text;
        }

        return data.ToJsonString() + "\n";
    }
}
