using System.Collections;

namespace Nua.Agent.Starting;

/// <summary>The environment of what the agent starts: its own, and what is added.</summary>
internal sealed class ProcessEnvironment
{
    private readonly Dictionary<string, string> _variables = Environment.GetEnvironmentVariables()
        .Cast<DictionaryEntry>()
        .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "");

    public void Add(IEnumerable<KeyValuePair<string, string>> variables)
    {
        foreach (var (name, value) in variables)
        {
            _variables[name] = value;
        }
    }

    /// <summary><c>NAME=value</c>, as a program receives it.</summary>
    public IReadOnlyList<string> Lines => [.. _variables.Select(variable => $"{variable.Key}={variable.Value}")];
}
