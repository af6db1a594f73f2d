namespace Nua.Agent.Sbom;

/// <summary>Knows what one ecosystem leaves in an image of what is installed.</summary>
/// <remarks>
/// A file that is not what its name promises is answered with <see cref="InvalidDataException"/>,
/// <see cref="FormatException"/> or <see cref="System.Text.Json.JsonException"/>: the bill says that it could not be read.
/// </remarks>
internal interface IPackageReader
{
    /// <summary>Whether the file says anything to it. Asked of every file of an image, so it looks at the path first.</summary>
    bool Reads(ImageFile file);

    IEnumerable<Component> Read(ImageFile file);
}
