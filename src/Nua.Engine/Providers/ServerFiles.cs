namespace Nua.Engine.Providers;

/// <summary>The programs that Nua's own images of servers start with.</summary>
internal static class ServerFiles
{
    /// <summary>Where an image has what the starts of all servers share.</summary>
    public const string Shared = "/usr/local/lib/nua/server.sh";

    /// <summary>What the starts of all servers share.</summary>
    public static string SharedText => Read("server.sh");

    /// <summary>The text of a program that is part of this assembly.</summary>
    public static string Read(string name)
    {
        using var stream = typeof(ServerFiles).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
