namespace Nua.IntegrationTests.Build;

/// <summary>The agent as it goes into images: a static program, published once by <c>./test</c> or by hand.</summary>
internal static class PublishedAgent
{
    private static readonly string[] Places = ["artifacts/nua/bin/nua-agent", "artifacts/publish/Nua.Agent/release_linux-x64/nua-agent"];

    public static string File { get; } =
        Places.Select(place => Path.Combine(RepositoryRoot(), place)).FirstOrDefault(System.IO.File.Exists)
        ?? throw new InvalidOperationException("There is no agent: run 'dotnet publish src/Nua.Agent -c Release -r linux-x64'.");

    private static string RepositoryRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!System.IO.File.Exists(Path.Combine(folder, "Nua.slnx")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }
}
