using Microsoft.AspNetCore.Http.Metadata;

namespace Nua.Server.Uploads;

/// <summary>What one request may send at most: more than the usual few megabytes.</summary>
internal sealed record UploadLimit(long Bytes) : IRequestSizeLimitMetadata
{
    /// <inheritdoc />
    public long? MaxRequestBodySize => Bytes;
}
