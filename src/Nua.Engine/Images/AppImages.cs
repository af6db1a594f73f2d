using Nua.Core.Versions;

namespace Nua.Engine.Images;

/// <summary>The images built from packages, as people name them.</summary>
public sealed class AppImages(IImageStore store)
{
    /// <summary>The image of that name or id, or the newest version of the app of that name.</summary>
    public async Task<Image?> FindAsync(string name, CancellationToken cancellation)
    {
        if (name.Contains(':') && (await store.FindAsync(name, cancellation)
            ?? await store.FindAsync($"nua-{name}", cancellation)) is { } exact)
        {
            return exact;
        }

        var app = name.StartsWith("nua-", StringComparison.Ordinal) ? name[4..] : name;
        var built = await store.ListAsync(ImageLabels.App, app, cancellation);
        return built.OrderByDescending(image => TagOf(image.Reference), Comparer<string>.Create(VersionRange.Compare)).FirstOrDefault();
    }

    private static string TagOf(string reference) => reference[(reference.LastIndexOf(':') + 1)..].Replace('-', '.');
}
