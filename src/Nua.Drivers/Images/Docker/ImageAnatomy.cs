using System.Security.Cryptography;
using System.Text;
using Docker.DotNet.Models;
using Nua.Engine.Images;
using EngineConfig = Nua.Engine.Images.ImageConfig;

namespace Nua.Drivers.Images.Docker;

/// <summary>Reads how an image was made out of what the engine says of it. Pure.</summary>
internal static class ImageAnatomy
{
    /// <summary>Instructions that say something of an image, and put nothing in it.</summary>
    private static readonly string[] Remarks =
    [
        "ARG", "CMD", "ENTRYPOINT", "ENV", "EXPOSE", "HEALTHCHECK", "LABEL", "MAINTAINER", "ONBUILD", "SHELL", "STOPSIGNAL", "USER", "VOLUME",
    ];

    public static ImageDetail Of(Image image, ImageInspectResponse inspected, IEnumerable<ImageHistoryResponse> history) => new(
        image,
        [.. (inspected.RepoTags ?? []).Where(name => !name.StartsWith("<none>", StringComparison.Ordinal))],
        LayersOf(inspected.RootFS?.Layers ?? [], history.Reverse()),
        ConfigOf(inspected));

    private static EngineConfig ConfigOf(ImageInspectResponse inspected) => inspected.Config is not { } config ? new EngineConfig() : new EngineConfig
    {
        User = config.User ?? "",
        WorkingDirectory = config.WorkingDir ?? "",
        EntryPoint = [.. config.Entrypoint ?? []],
        Command = [.. config.Cmd ?? []],
        Environment = [.. config.Env ?? []],
        Ports = Names(config.ExposedPorts?.Keys),
        Volumes = Names(config.Volumes?.Keys),
    };

    private static string[] Names(IEnumerable<string>? keys) => [.. (keys ?? []).Order(StringComparer.Ordinal)];

    /// <summary>
    /// The engine tells of instructions and of layers, and not which made which. They are in the same order; should their
    /// numbers differ, a layer is known by its instruction.
    /// </summary>
    private static List<ImageLayer> LayersOf(IEnumerable<string> contents, IEnumerable<ImageHistoryResponse> history)
    {
        var steps = history
            .Select(step => (Instruction: InstructionOf(step), step.Size))
            .Where(step => step.Size > 0 || !Remarks.Contains(step.Instruction.Split(' ')[0]))
            .ToList();
        var hashes = contents.ToList();
        var chain = "";
        var layers = new List<ImageLayer>();
        foreach (var (at, step) in steps.Index())
        {
            // As the OCI image specification has it (config.md, ChainID), but for the first.
            chain = HashOf($"{chain} {(hashes.Count == steps.Count ? hashes[at] : $"{step.Instruction} {step.Size}")}");
            layers.Add(new ImageLayer(chain, step.Instruction, step.Size));
        }

        return layers;
    }

    /// <summary>The line as its writer knows it: <c>RUN make</c>, <c>COPY a b</c>.</summary>
    private static string InstructionOf(ImageHistoryResponse step)
    {
        const string Classic = "/bin/sh -c #(nop) ";
        const string BuildKit = " # buildkit";
        var text = string.IsNullOrWhiteSpace(step.CreatedBy) ? step.Comment ?? "" : step.CreatedBy.Trim();
        text = text.StartsWith(Classic, StringComparison.Ordinal) ? text[Classic.Length..].Trim() : text;
        return text.EndsWith(BuildKit, StringComparison.Ordinal) ? text[..^BuildKit.Length] : text;
    }

    private static string HashOf(string text) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";
}
