using Nua.Engine.Images;

namespace Nua.Engine.Build;

/// <summary>The images that builders stand on.</summary>
internal static class BaseImages
{
    public static ImageRecipe Plain { get; } = new() { Name = "base", Version = "bookworm" };

    public static ImageRecipe Python { get; } = new() { Name = "python", Version = "3.11", Packages = ["python3"] };

    public static ImageRecipe Node(string? version) => new() { Name = "node", Version = version ?? "20" };

    /// <summary>An image of that name, wherever it is.</summary>
    public static ImageRecipe Foreign(string reference) => new() { Name = reference, Version = "", RegistryReference = reference };

    public static ImageRecipe Web { get; } = new() { Name = "web", Version = "1", Packages = ["nginx-light"] };
}
