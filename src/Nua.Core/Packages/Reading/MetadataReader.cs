using System.Text.RegularExpressions;

namespace Nua.Core.Packages.Reading;

/// <summary>Reads <c>[metadata]</c>.</summary>
internal static partial class MetadataReader
{
    private const int LongestId = 80;

    public static Metadata Read(Section section)
    {
        var metadata = new Metadata
        {
            Id = section.RequiredText("id").Trim(),
            Version = section.RequiredText("version").Trim(),
            Title = section.RequiredText("title"),
            Author = section.RequiredText("author"),
            Description = section.Text("description"),
            Tagline = section.Text("tagline"),
            Website = section.Text("website"),
            Tags = section.Texts("tags"),
            Profile = section.OneOrMore("profile"),
            Release = section.Integer("release", 1, int.MaxValue),
        };
        CheckImageReference(section, metadata);
        return metadata;
    }

    /// <summary>Only warned of: the package can be read and shown, it only cannot be built under that name.</summary>
    private static void CheckImageReference(Section section, Metadata metadata)
    {
        if (metadata.Id.Length > LongestId)
        {
            section.Source.Warn(PackageProblems.LongId(metadata.Id.Length), section.PlaceOf("id"));
        }

        var idIsBad = metadata.Id.Length > 0 && !Name.IsMatch(metadata.ImageName);
        var versionIsBad = metadata.Version.Length > 0 && !Tag.IsMatch(metadata.ImageTag);
        if (idIsBad || versionIsBad)
        {
            section.Source.Warn(
                PackageProblems.BadImageReference(metadata.ImageReference), section.PlaceOf(idIsBad ? "id" : "version"));
        }
    }

    [GeneratedRegex(@"^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name { get; }

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Tag { get; }
}
