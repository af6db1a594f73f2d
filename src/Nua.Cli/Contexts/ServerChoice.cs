using Nua.Api;

namespace Nua.Cli.Contexts;

/// <summary>
/// Which server a command is for: <c>--context</c>, else <c>NUA_CONTEXT</c>, else <c>NUA_SERVER</c>, else this machine's if
/// <c>NUA_HOME</c> says where, else the one that was logged in to last or chosen, else this machine's.
/// </summary>
internal sealed class ServerChoice(NuaHome home, ContextFile contexts, Func<string, string?> environment)
{
    /// <summary>The name of this machine's server.</summary>
    public const string Local = "local";

    public static ServerChoice OfThisProcess() =>
        new(NuaHome.FromEnvironment(), ContextFile.OfThisUser(), Environment.GetEnvironmentVariable);

    public NuaHome Home => home;

    public ContextFile Contexts => contexts;

    /// <summary>What <c>--context</c> says.</summary>
    public string? Named { get; set; }

    /// <summary>The context that was asked for by name.</summary>
    public string? Asked => Named ?? Variable("NUA_CONTEXT");

    /// <summary>The socket of this machine's server.</summary>
    public string Socket { get; init; } = home.ServerSocket;

    /// <summary>A token for whoever does not want it in a file, such as a CI job.</summary>
    public string? Token => Variable("NUA_TOKEN");

    /// <exception cref="ApiException">There is no such context, or it cannot be read.</exception>
    public ServerPlace Place() => Remote()?.Place() ?? (ServerPlace)new LocalServer(Socket);

    /// <summary>The server elsewhere; <see langword="null"/>: it is this machine's.</summary>
    public ServerContext? Remote()
    {
        if (Asked is null && Variable("NUA_SERVER") is { } url)
        {
            return new ServerContext(
                LoginWords.UrlOf(url), LoginWords.TokenOf(Token), LoginWords.FingerprintOf(Variable("NUA_FINGERPRINT")));
        }

        var book = contexts.Read();
        var name = NameIn(book);
        return name is Local ? null
            : book.Contexts.TryGetValue(name, out var context) ? context with { Token = Token is { } token ? LoginWords.TokenOf(token) : context.Token }
            : throw new ApiException(CliProblems.NoSuchContext(name));
    }

    /// <summary>The name of the context that is used.</summary>
    public string NameIn(ContextBook book) => Asked ?? (Variable("NUA_HOME") is null ? book.Current : null) ?? Local;

    private string? Variable(string name) => environment(name) is { Length: > 0 } value ? value : null;
}
