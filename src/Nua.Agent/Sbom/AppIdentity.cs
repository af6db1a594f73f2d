namespace Nua.Agent.Sbom;

/// <summary>What the image is of, as its nua-config says.</summary>
internal sealed record AppIdentity(string Id, string Version, string? Title)
{
    public const string File = "/nua/metadata/nua-config.json";

    public static AppIdentity? Read(ImageFile file)
    {
        if (!file.Exists)
        {
            return null;
        }

        using var document = file.ReadJson();
        if (document.RootElement.Member("metadata") is not { } metadata || metadata.Text("id") is not { } id)
        {
            return null;
        }

        string?[] version = [metadata.Text("version"), metadata.Member("release")?.ToString()];
        return new AppIdentity(id, string.Join('-', version.Where(part => part is { Length: > 0 })), metadata.Text("title"));
    }
}
