using System.Text.Json;

namespace Nua.Engine.Images;

/// <summary>The images of an app's sub-applications, as they are written on the app's.</summary>
public static class SubApplicationImages
{
    private static readonly Dictionary<string, string> None = [];

    /// <returns><c>reference@id</c> by the sub-application's name; none when there are none.</returns>
    public static IReadOnlyDictionary<string, string> Of(Image image) =>
        image.Labels.GetValueOrDefault(ImageLabels.SubApplications) is { } written
            ? JsonDocument.Parse(written).RootElement.EnumerateObject().ToDictionary(part => part.Name, part => part.Value.GetString()!)
            : None;

    /// <summary>The reference, and the id.</summary>
    public static (string Reference, string Id) Split(string part) => part.LastIndexOf('@') is >= 0 and var at
        ? (part[..at], part[(at + 1)..])
        : (part, part);
}
