using System.Text.Json;
using Nua.Core.Problems;

namespace Nua.Agent.Starting;

/// <summary>The values the server laid into memory for this container's programs alone.</summary>
internal static class Secrets
{
    private const string Place = "/run/nua/secrets.json";

    public static IEnumerable<KeyValuePair<string, string>> Read() => Read(Place);

    /// <summary>What is in the file; nothing when there is none. One that may not be read is not one that is not there.</summary>
    public static IReadOnlyDictionary<string, string> Read(string file)
    {
        try
        {
            return Parse(File.ReadAllBytes(file));
        }
        catch (Exception none) when (none is FileNotFoundException or DirectoryNotFoundException)
        {
            return new Dictionary<string, string>();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new NuaException(AgentProblems.UnreadableSecrets(file, failure.Message), failure);
        }
    }

    /// <summary>Reads a JSON object of names and texts. What is wrong is said without a value.</summary>
    public static IReadOnlyDictionary<string, string> Parse(byte[] json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.EnumerateObject().ToDictionary(entry => entry.Name, entry => TextOf(entry.Value));
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or ArgumentException)
        {
            // Not as the cause: its message may quote the file.
            throw new NuaException(AgentProblems.BrokenSecrets(Place));
        }
    }

    private static string TextOf(JsonElement value) => value.GetString() ?? throw new JsonException();
}
