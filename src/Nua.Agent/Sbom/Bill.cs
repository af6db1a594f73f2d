using System.Text.Json;

namespace Nua.Agent.Sbom;

/// <summary>What an image consists of. Equal images have equal bills: no date, no number that differs from run to run.</summary>
internal sealed record Bill
{
    /// <summary>What is known of the app; <see langword="null"/>: the image has no nua-config.</summary>
    public AppIdentity? App { get; init; }

    public Distribution? Distribution { get; init; }

    /// <summary>What was found, by package URL, with the files that say so.</summary>
    public required IReadOnlyList<(Component Component, IReadOnlyList<string> FoundAt)> Components { get; init; }

    /// <summary>Files that should have said what is installed, and could not be read.</summary>
    public required IReadOnlyList<string> Unread { get; init; }

    /// <summary>False when there was more than can be looked at.</summary>
    public required bool IsComplete { get; init; }

    /// <summary>Looks at every file below a folder as if that were the root of an image.</summary>
    public static Bill Of(string root, BillLimits limits)
    {
        var distribution = Distribution.Read(new ImageFile(root, Distribution.File));
        var survey = new Survey(limits, PackageReaders.For(distribution));
        survey.Run(ImageWalk.FilesOf(root));
        return new Bill
        {
            App = AppIdentity.Read(new ImageFile(root, AppIdentity.File)),
            Distribution = distribution,
            Components =
            [
                .. survey.Found
                    .GroupBy(component => component.Purl)
                    .OrderBy(same => same.Key, StringComparer.Ordinal)
                    .Select(same => (same.OrderBy(one => one.Licence is null).ThenBy(one => one.FoundAt, StringComparer.Ordinal).First(), PlacesOf(same))),
            ],
            Unread = [.. survey.Unread.Order(StringComparer.Ordinal)],
            IsComplete = survey.IsComplete,
        };
    }

    private static IReadOnlyList<string> PlacesOf(IEnumerable<Component> same) =>
        [.. same.Select(component => component.FoundAt).OfType<string>().Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Asks every reader about every file, as long as the limits allow.</summary>
    private sealed class Survey(BillLimits limits, IReadOnlyList<IPackageReader> readers)
    {
        public List<Component> Found { get; } = [];

        public List<string> Unread { get; } = [];

        public bool IsComplete { get; private set; } = true;

        public void Run(IEnumerable<ImageFile> files)
        {
            var started = TimeProvider.System.GetTimestamp();
            foreach (var (seen, file) in files.Index())
            {
                if (seen >= limits.Files || Found.Count >= limits.Components || TimeProvider.System.GetElapsedTime(started) > limits.Time)
                {
                    IsComplete = false;
                    return;
                }

                foreach (var reader in readers)
                {
                    Ask(reader, file);
                }
            }
        }

        private void Ask(IPackageReader reader, ImageFile file)
        {
            try
            {
                if (reader.Reads(file))
                {
                    Found.AddRange(reader.Read(file));
                }
            }
            catch (Exception odd) when (
                odd is IOException or UnauthorizedAccessException or JsonException or InvalidDataException or FormatException)
            {
                Unread.Add(file.Path);
            }
        }
    }
}

/// <summary>How much of an image is looked at.</summary>
internal sealed record BillLimits(int Files, int Components, TimeSpan Time)
{
    /// <summary>Far above any image worth running, and far below what a build has time for.</summary>
    public static BillLimits Usual { get; } = new(Files: 2_000_000, Components: 50_000, TimeSpan.FromMinutes(1));
}
