using Nua.Core;
using Nua.Core.Names;
using Nua.Engine.State;

namespace Nua.Engine.Deploy.Values;

/// <summary>What an operator wants of an instance's values, as it was said: secrets are in it.</summary>
/// <param name="Instance">Whose.</param>
/// <param name="Set">Values to give.</param>
/// <param name="Unset">Values to take back.</param>
public sealed record ValuesWish(InstanceName Instance, IReadOnlyList<WishedValue> Set, IReadOnlyList<VariableKey> Unset);

/// <summary>A value to give.</summary>
/// <param name="Key">The variable.</param>
/// <param name="Value">Its value.</param>
/// <param name="IsSecret">Whether it was said to be a secret; <see cref="ValueRules.IsSecret"/> knows more that are.</param>
public sealed record WishedValue(VariableKey Key, Secret Value, bool IsSecret);

/// <summary>The same as it is journaled: secrets are with the vault, and named.</summary>
/// <param name="Instance">Whose.</param>
/// <param name="Set">Values to give.</param>
/// <param name="Unset">Values to take back.</param>
/// <param name="Ticket">Under what the vault took the secrets; <see langword="null"/>: there are none.</param>
public sealed record ConfigureRequest(
    InstanceName Instance, IReadOnlyList<GivenValue> Set, IReadOnlyList<VariableKey> Unset, string? Ticket = null);
