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

/// <summary>Asks for secrets to be made anew.</summary>
/// <param name="Names">Secrets, or variables that hold them.</param>
/// <param name="Workload">Whose variables; <see langword="null"/>: whoever has them.</param>
/// <param name="All">All that can be made anew; then no name is given.</param>
public sealed record RotateBody(IReadOnlyList<string>? Names = null, string? Workload = null, bool All = false);

/// <summary>The secrets of an instance. No answer ever holds one's value.</summary>
public sealed record SecretList(string Instance, IReadOnlyList<SecretView> Secrets);

/// <param name="Workload">Whose: <c>app</c>, or a provider's name.</param>
/// <param name="Name">The variable it was made for or given to.</param>
/// <param name="Kind">
/// <c>generated</c>; <c>credential</c>: a server knows it, and is told another; <c>fixed-credential</c>: that server cannot be;
/// <c>given</c>: by the operator.
/// </param>
/// <param name="MadeAt">When it was made or given; <see langword="null"/>: not known.</param>
/// <param name="Rotates">Whether it can be made anew.</param>
/// <param name="UsedBy">All variables that hold it.</param>
public sealed record SecretView(
    string Workload, string Name, string Kind, DateTimeOffset? MadeAt, bool Rotates, IReadOnlyList<VariableBody> UsedBy);
