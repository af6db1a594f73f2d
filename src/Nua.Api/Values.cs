namespace Nua.Api;

/// <summary>Asks for other values of an instance's variables: a new deployment of what serves, tested like any.</summary>
/// <param name="Set">Values to give; they stand over package and sites file until they are taken back.</param>
/// <param name="Unset">Values to take back.</param>
public sealed record ValuesBody(IReadOnlyList<ValueBody>? Set = null, IReadOnlyList<VariableBody>? Unset = null);

/// <summary>A value to give.</summary>
/// <param name="Name">The variable.</param>
/// <param name="Value">One line of text; nothing is replaced in it.</param>
/// <param name="Workload">Whose: <c>app</c>, or a provider's name.</param>
/// <param name="Secret">
/// Whether it is to be seen nowhere. A value whose name says so (<c>SMTP_PASSWORD</c>), or that is an address with a password, is kept so anyway.
/// </param>
public sealed record ValueBody(string Name, string Value, string Workload = "app", bool Secret = false)
{
    /// <summary>Without the value: it may be a secret.</summary>
    public override string ToString() => $"{Workload} {Name}";
}

/// <summary>A variable.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Workload">Whose: <c>app</c>, or a provider's name.</param>
public sealed record VariableBody(string Name, string Workload = "app");
