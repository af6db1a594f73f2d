namespace Nua.Engine.Images;

/// <summary>The distribution's Rust. Programs it compiles need none of it, so an image of it is only built in.</summary>
public static class RustRecipe
{
    public static ImageRecipe Tools { get; } = new()
    {
        Name = "rust",
        Version = "default",
        Packages = ["ca-certificates", "cargo", "rustc"],
        Environment = new Dictionary<string, string>
        {
            // What it keeps goes where the other downloads of a build go.
            ["CARGO_HOME"] = "/nua/.cache/cargo",
            ["CARGO_TARGET_DIR"] = "/nua/.cache/cargo-target",
            ["CARGO_PROFILE_RELEASE_STRIP"] = "symbols",
            ["CARGO_TERM_COLOR"] = "never",
        },
    };
}
