using System.Globalization;
using Nua.Core.Problems;

namespace Nua.Engine.Access;

/// <summary>The words of the room.</summary>
public static class AccessProblems
{
    private const string Login = "Ask an administrator of the server for a token, then 'nua login URL'.";

    /// <summary>Names are how people tell tokens apart.</summary>
    public static Problem NameTaken(string name) => new(
        ProblemKind.Conflict,
        "access.name-taken",
        $"There is a token named '{name}' already.",
        "Choose another name.");

    /// <summary>What was asked for cannot be a token.</summary>
    public static Problem BadRequest(string why) => new(
        ProblemKind.Invalid,
        "access.bad-request",
        $"No token can be made: {why}.",
        "See 'nua token create --help'.");

    /// <summary>Nobody knows that token.</summary>
    public static Problem NoSuchToken(string name) => new(
        ProblemKind.NotFound,
        "access.no-such-token",
        $"There is no token '{name}'.",
        "See what there is with 'nua token list'.");

    /// <summary>The remote door is for those with a token.</summary>
    public static Problem NoToken { get; } = new(
        ProblemKind.Unauthenticated,
        "access.no-token",
        "The request has no token.",
        Login);

    /// <summary>Malformed, unknown and revoked ones are not told apart: nobody learns from it.</summary>
    public static Problem BadToken { get; } = new(
        ProblemKind.Unauthenticated,
        "access.bad-token",
        "The request's token is not one of this server's, or not any more.",
        Login);

    /// <summary>Told to nobody but its holder.</summary>
    public static Problem Expired(DateTimeOffset since) => new(
        ProblemKind.Unauthenticated,
        "access.expired",
        string.Create(CultureInfo.InvariantCulture, $"The token expired on {since:yyyy-MM-dd HH:mm}Z."),
        Login);

    /// <summary>Told to its holder, whose request was under way.</summary>
    public static Problem Revoked { get; } = new(
        ProblemKind.Unauthenticated,
        "access.revoked",
        "The token was revoked meanwhile, and what it was used for was ended.",
        Login);

    /// <summary>A token without the scope that a route needs.</summary>
    public static Problem ScopeMissing(Scope needed) => new(
        ProblemKind.Forbidden,
        "access.scope",
        $"The token has not the scope '{Word(needed)}', which this needs.",
        $"Ask an administrator of the server for one that has: 'nua token create --scope {Word(needed)}'.");

    /// <summary>Says nothing of whether there is such an instance.</summary>
    public static Problem OtherInstance(string instance) => new(
        ProblemKind.Forbidden,
        "access.other-instance",
        $"The token is not for '{instance}'.",
        "See what it is for with 'nua whoami'.");

    /// <summary>What concerns all instances is not for who may see only some.</summary>
    public static Problem WholeServer { get; } = new(
        ProblemKind.Forbidden,
        "access.whole-server",
        "This concerns the whole server, and the token only some of its instances.",
        "Ask an administrator of the server for a token that is limited to none.");

    /// <summary>More than a token, or an address, may ask.</summary>
    public static Problem TooManyRequests(TimeSpan wait) => new(
        ProblemKind.TooMany,
        "access.too-many-requests",
        "More was asked than the server answers to one token or address.",
        $"Try again in {Seconds(wait)} s.");

    /// <summary>An address that tried too many tokens.</summary>
    public static Problem LockedOut(TimeSpan wait) => new(
        ProblemKind.TooMany,
        "access.locked-out",
        "Too many wrong tokens came from this address, so none is looked at.",
        $"Try again in {Seconds(wait)} s; the server's own machine is never locked out.");

    /// <summary>A scope as people write it.</summary>
    public static string Word(Scope scope) => scope.ToString().ToLowerInvariant();

    /// <summary>As <c>Retry-After</c> has it: whole seconds, never none.</summary>
    public static int Seconds(TimeSpan wait) => Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
}
