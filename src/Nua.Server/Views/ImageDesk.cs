using Nua.Api;
using Nua.Engine.Images;

namespace Nua.Server.Views;

/// <summary>Answers which images can be deployed.</summary>
internal sealed class ImageDesk(IImageStore store)
{
    /// <summary>The images built from packages, newest first.</summary>
    public async Task<ImageList> ListAsync(CancellationToken cancellation) => new(
    [
        .. (await store.ListAsync(ImageLabels.App, value: null, cancellation)).Select(image => new ImageView(
            image.Reference, image.Labels[ImageLabels.App], image.Id, image.SizeBytes, image.CreatedAt)),
    ]);
}
