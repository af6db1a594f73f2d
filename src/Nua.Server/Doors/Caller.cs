using Microsoft.AspNetCore.Http.Features;
using Nua.Core.Problems;
using Nua.Engine.Access;

namespace Nua.Server.Doors;

/// <summary>Who asks, as the front door found.</summary>
/// <param name="Principal">Who, and what they may do.</param>
/// <param name="Token">Their token; <see langword="null"/>: they are a user of this machine.</param>
internal sealed record Caller(Principal Principal, AccessToken? Token = null)
{
    /// <summary>Whoever was let in; without the front door there is nobody.</summary>
    public static Caller Of(HttpContext context) => context.Features.GetRequiredFeature<Caller>();

    /// <summary>Refuses who has not the scope, where what is asked needs more than its route.</summary>
    /// <exception cref="NuaException"><c>access.scope</c></exception>
    public void Require(Scope scope)
    {
        if (!Principal.May(scope))
        {
            throw new NuaException(AccessProblems.ScopeMissing(scope));
        }
    }
}
