using Nua.Core.Starting;

namespace Nua.Core.Detecting;

/// <summary>A Go module: <c>go.mod</c>.</summary>
internal sealed class Go : IDetectionRule
{
    public Detection? Apply(SourceTree tree) => GoModule.Of(tree) is not { } module
        ? null
        : new Detection(
            Languages.Go,
            $"{GoModule.File} describes the Go module {module.Path}".TrimEnd(),
            tree.Existing(GoModule.File, "go.sum"),
            module.Programs is [var program] ? $"{StartFile.ProgramFolder}/{program.Name}" : null);
}
