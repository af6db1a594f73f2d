using Nua.Engine.Access;

namespace Nua.Server.Doors;

/// <summary>What a request to a route needs.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Pattern">The route as it is mapped.</param>
/// <param name="Needs">The scope.</param>
/// <param name="Reach">What it is about, so that who is limited to instances stays with them.</param>
internal sealed record RouteRule(string Method, string Pattern, Scope Needs, Reach Reach)
{
    /// <summary>Whether it changes something, so that it stands in the audit trail.</summary>
    public bool Changes { get; init; } = Method is not "GET";

    /// <summary>As the audit trail has it.</summary>
    public override string ToString() => $"{Method} {Pattern}";
}

/// <summary>What a route is about.</summary>
internal enum Reach
{
    /// <summary>No instance at all: whoever has the scope may.</summary>
    Nothing,

    /// <summary>All of the server: nobody may who is limited to some instances.</summary>
    Server,

    /// <summary>The instance that stands in the route as <c>name</c>.</summary>
    Instance,

    /// <summary>The instance of the session that stands in the route as <c>id</c>: only who asked for it is let into it.</summary>
    Session,

    /// <summary>The subject of the operation that stands in the route as <c>id</c>.</summary>
    Operation,

    /// <summary>
    /// What the body names, which is checked once it is read (<c>AskAsync</c>, <c>RequireAsync</c>), or a list, which shows only
    /// what is the caller's.
    /// </summary>
    Own,
}
