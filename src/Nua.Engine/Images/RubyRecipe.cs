namespace Nua.Engine.Images;

/// <summary>The distribution's Ruby.</summary>
public static class RubyRecipe
{
    /// <summary>What a Ruby application runs on: Bundler finds its gems.</summary>
    public static ImageRecipe Runtime { get; } = new()
    {
        Name = "ruby",
        Version = "3",
        Packages = ["bundler", "ca-certificates", "ruby"],
    };

    /// <summary>The same with what compiles the parts of gems that are C: to build on.</summary>
    public static ImageRecipe Tools { get; } = Runtime with
    {
        Name = "ruby-tools",
        Packages = [.. Runtime.Packages, "build-essential", "git", "pkg-config", "ruby-dev"],
    };
}
