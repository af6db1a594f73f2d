namespace Nua.AcceptanceTests;

/// <summary>Where the checkout is that is being tested.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    /// <summary>The published programs.</summary>
    public static string Programs => Path.Combine(Root, "artifacts", "nua", "bin");

    public static string App(string name) => Path.Combine(Root, "apps", name);

    private static string Find()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Nua.slnx")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }
}
