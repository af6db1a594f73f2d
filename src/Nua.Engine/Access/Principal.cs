namespace Nua.Engine.Access;

/// <summary>Who asks, and what they may do.</summary>
/// <param name="Who">As the journal and the audit trail have it.</param>
/// <param name="Scopes">What they may do.</param>
/// <param name="Instances">Where; empty: on the whole server.</param>
public sealed record Principal(string Who, IReadOnlyList<Scope> Scopes, IReadOnlyList<string> Instances)
{
    /// <summary>May do everything: whoever can open the server's socket.</summary>
    public static Principal Administrator(string user) => new(user, [Scope.Admin], []);

    /// <summary>The holder of a token.</summary>
    public static Principal Of(AccessToken token) => new($"token {token.Name}", token.Scopes, token.Instances);

    /// <summary>Whether they see the whole server.</summary>
    public bool SeesAll => Instances.Count == 0;

    /// <summary>Whether one of their scopes is that one or includes it.</summary>
    public bool May(Scope scope) =>
        Scopes.Contains(Scope.Admin) || Scopes.Contains(scope) || (scope is Scope.Read && Scopes.Count > 0);

    /// <summary>Whether that instance is theirs.</summary>
    public bool MayAt(string instance) => SeesAll || Instances.Contains(instance);
}
