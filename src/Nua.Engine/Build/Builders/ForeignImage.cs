using Nua.Engine.Build.Dockerfiles;
using Nua.Engine.Images;

namespace Nua.Engine.Build.Builders;

/// <summary>What Nua adds to an image whose making is not its own. Nothing is known of its user, and it may have no shell.</summary>
internal static class ForeignImage
{
    /// <summary>The normalised nua-config, in the context: where the predecessor's Dockerfiles look for it too.</summary>
    public const string ContextConfig = "nua-config.json";

    /// <summary>An image of that name, wherever it is.</summary>
    public static ImageRecipe Recipe(string reference) => new() { Name = reference, Version = "", RegistryReference = reference };

    public static Decision ExplainStart { get; } = new("start", "the image's own entry point and command", "Nua did not make it");

    public static Decision ExplainTest(BuildInput input) => input.Build.Test.Count > 0
        ? SmokeTest.Explain(input)
        : new Decision("smoke test", "none", "[build] has no test, and an image not of our making need not have a shell");

    /// <summary>Ends the Dockerfile with a stage that is the given one and the metadata.</summary>
    public static void AddMetadata(DockerfileText text, string stage, IReadOnlyList<string> tests)
    {
        if (tests.Count == 0)
        {
            text.Copy(ContextConfig, ImagePaths.Config);
            return;
        }

        text.From(stage, "tested").Copy(ContextConfig, ImagePaths.Config);
        foreach (var test in tests)
        {
            text.RunBare("/bin/sh", "-e", "-c", test);
        }

        text.From(stage).Copy(ImagePaths.Metadata, ImagePaths.Metadata, from: "tested");
    }
}
