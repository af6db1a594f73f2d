using Nua.Engine.Build.Dockerfiles;
using Nua.Engine.Images;

namespace Nua.Engine.Build.Builders;

/// <summary>
/// The parts of an image whose program is compiled: stages in an image that has the compiler, and out of them the program and
/// what of the source it may read when it runs.
/// </summary>
internal static class CompiledStages
{
    /// <param name="input">What is built.</param>
    /// <param name="builder">Whose compiler it is.</param>
    /// <param name="tools">The image with the compiler.</param>
    /// <param name="check">Fails when the compiler is not the wanted one.</param>
    /// <param name="compilation">How it is used; <see langword="null"/>: the package's own commands do.</param>
    public static AppLayers Layers(BuildInput input, string builder, ImageRecipe tools, string? check, Compilation? compilation)
    {
        // Another name than that of a builder's own image, which an image of several builders may need too.
        var argument = $"NUA_{builder.ToUpperInvariant()}_TOOLS";
        return new AppLayers
        {
            Base = Recipes.Base(),
            Tools = new Dictionary<string, ImageRecipe> { [argument] = tools },
            Stages = text => text
                .ToolStage(input, argument, [], [.. compilation?.Packages ?? [], .. Apt.NamesIn(input.Build.Packages)])
                .Check(check)
                .Compile(input, compilation),
            CarryDependencies = text => text.CarryProgram(input, compilation),
            SourceStage = input.Stage(BuildStage.Name),
        };
    }

    private static void Compile(this DockerfileText text, BuildInput input, Compilation? compilation)
    {
        if (compilation is null)
        {
            text.RunCommandsOnSource(input);
            return;
        }

        if (compilation.Fetch is { } fetch)
        {
            text.Copy([.. compilation.Manifests.Select(input.InContext)], "./", owner: ImagePaths.Owner).Run(fetch, input.DownloadMounts);
        }

        text.CopySource(input.SourceFrom)
            // In one step: each costs a container.
            .Run(
                $"{compilation.Compile} && find {ImagePaths.Source} -mindepth 1 \\( {compilation.SourceFiles} -o -type d -empty \\) -delete",
                input.DownloadMounts);
    }

    private static void CarryProgram(this DockerfileText text, BuildInput input, Compilation? compilation)
    {
        if (compilation is { Program: var program })
        {
            text.Copy(program, program, from: input.Stage(BuildStage.Name));
        }
    }
}
