using Nua.Engine.Build.Dockerfiles;
using Nua.Engine.Images;

namespace Nua.Engine.Build.Builders;

/// <summary>What Nua adds to an image whose making is not its own. Nothing is known of its user, and it may have no shell.</summary>
internal static class ForeignImage
{
    /// <summary>The normalised nua-config, in the context: where the predecessor's Dockerfiles look for it too.</summary>
    public const string ContextConfig = "nua-config.json";

    /// <summary>The build argument that names the image of the agent.</summary>
    public const string AgentArgument = "NUA_AGENT";

    private const string Agent = "nua-agent";

    private const string Listed = "nua-listed";

    private const string LentAgent = "/nua-agent";

    /// <summary>An image of that name, wherever it is.</summary>
    public static ImageRecipe Recipe(string reference) => new() { Name = reference, Version = "", RegistryReference = reference };

    public static Decision ExplainStart { get; } = new("start", "the image's own entry point and command", "Nua did not make it");

    public static Decision ExplainTest(BuildInput input) => input.Build.Test.Count > 0
        ? SmokeTest.Explain(input)
        : new Decision("smoke test", "none", "[build] has no test, and an image not of our making need not have a shell");

    /// <summary>
    /// Ends the Dockerfile with a stage that is the given one and the metadata. The agent lists what the image consists of; it is
    /// lent to that one step, runs as root whoever the image's user is, and needs nothing of the image.
    /// </summary>
    public static void AddMetadata(DockerfileText text, string stage, IReadOnlyList<string> tests)
    {
        text.From($"${{{AgentArgument}}}", Agent);
        text.From(stage, Listed)
            .Copy(ContextConfig, ImagePaths.Config)
            // With the group: for the user alone, old engines want an /etc/passwd.
            .As("0:0")
            .RunLent($"type=bind,from={Agent},source={ImagePaths.Agent},target={LentAgent}", LentAgent, "sbom");
        if (tests.Count == 0)
        {
            text.From(stage).Copy(ImagePaths.Metadata, ImagePaths.Metadata, from: Listed);
            return;
        }

        text.From(stage, "tested").Copy(ImagePaths.Metadata, ImagePaths.Metadata, from: Listed);
        foreach (var test in tests)
        {
            text.RunBare("/bin/sh", "-e", "-c", test);
        }

        text.From(stage).Copy(ImagePaths.Metadata, ImagePaths.Metadata, from: "tested");
    }
}
