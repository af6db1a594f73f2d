using System.Text.Json.Serialization;

namespace Nua.Engine.State;

/// <summary>A variable of an instance.</summary>
/// <param name="Workload">Whose: <c>app</c>, or a provider's name.</param>
/// <param name="Name">Its name.</param>
public sealed record VariableKey(string Workload, string Name);

/// <summary>A value that the operator gave: it stands over what package and sites file say, until the operator takes it back.</summary>
/// <param name="Workload">Whose variable it is: <c>app</c>, or a provider's name.</param>
/// <param name="Name">The variable.</param>
/// <param name="Value">A text as it was given, or a reference to what the vault keeps. Nothing is replaced in it.</param>
public sealed record GivenValue(string Workload, string Name, EnvValue Value)
{
    /// <summary>Which variable it is of.</summary>
    [JsonIgnore]
    public VariableKey Key => new(Workload, Name);
}

/// <summary>Says that a kept value was made anew, and what tells it from those before.</summary>
/// <param name="Owner">Whose it is: <c>app</c>, or a provider's name.</param>
/// <param name="Name">The variable it is made for.</param>
/// <param name="Version">The operation that made it.</param>
public sealed record ValueVersion(string Owner, string Name, string Version);
