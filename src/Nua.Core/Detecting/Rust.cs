using Nua.Core.Starting;

namespace Nua.Core.Detecting;

/// <summary>A Rust package: <c>Cargo.toml</c>.</summary>
internal sealed class Rust : IDetectionRule
{
    public Detection? Apply(SourceTree tree) => CargoManifest.Of(tree) is not { } manifest
        ? null
        : new Detection(
            Languages.Rust,
            $"{CargoManifest.File} describes a Rust {(manifest.Name is null ? "workspace" : "package")}",
            tree.Existing(CargoManifest.File, "Cargo.lock"),
            manifest.Programs is [var program] ? $"{StartFile.ProgramFolder}/{program}" : null);
}
