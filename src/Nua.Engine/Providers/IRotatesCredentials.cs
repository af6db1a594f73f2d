using Nua.Engine.Runtimes;

namespace Nua.Engine.Providers;

/// <summary>A server whose passwords can be changed while it runs.</summary>
/// <remarks>
/// Both commands run inside its workload and can be run again at any time: whichever password is in force, they succeed. No secret
/// of theirs stands on a command line or in the server's log. Each passes <c>ProviderContract</c> on a real server.
/// </remarks>
public interface IRotatesCredentials : IServerProvider
{
    /// <summary>The variables of its environment that hold them.</summary>
    IReadOnlyList<string> Credentials { get; }

    /// <summary>
    /// Whether it takes those before beside the new ones until it is told to <see cref="Retire"/> them. Else nobody is let in with
    /// those before as soon as the new ones are good; connections that are open stay open.
    /// </summary>
    bool TakesBoth { get; }

    /// <summary>After it the new ones are good.</summary>
    ExecCommand Accept(CredentialChange change);

    /// <summary>After it only the new ones are good.</summary>
    ExecCommand Retire(CredentialChange change);
}

/// <summary>Other passwords for the accounts of a server.</summary>
/// <param name="Before">Its environment with those that were in force, secrets filled in.</param>
/// <param name="After">The same with those that are to be.</param>
public sealed record CredentialChange(IReadOnlyDictionary<string, string> Before, IReadOnlyDictionary<string, string> After)
{
    /// <summary>The way back.</summary>
    public CredentialChange Back => new(After, Before);
}
