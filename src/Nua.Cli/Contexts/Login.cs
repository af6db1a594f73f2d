using Nua.Api;
using Nua.Cli.Commands;
using Nua.Cli.Output;

namespace Nua.Cli.Contexts;

/// <summary>Gets to know a server, has it take the token, and only then keeps both.</summary>
internal sealed class Login(ServerChoice choice, Terminal terminal)
{
    public required Uri Url { get; init; }

    public string? TokenFile { get; init; }

    public string? Fingerprint { get; init; }

    public string? Authority { get; init; }

    public async Task<LoginAnswer> RunAsync(CancellationToken cancellation)
    {
        var name = choice.Named is { } named ? LoginWords.ContextOf(named) : LoginWords.ContextOf(Url);
        var fingerprint = Fingerprint ?? (Authority is null ? await AskAboutAsync(cancellation) : null);
        var context = new ServerContext(Url, LoginWords.TokenOf(ReadToken()), fingerprint, Authority);
        using var server = NuaClient.At(context.Place);
        var identity = await server.WhoAmIAsync(cancellation);
        choice.Contexts.Write(choice.Contexts.Read().With(name, context));
        return new LoginAnswer(name, Url, identity);
    }

    /// <summary>The fingerprint of a certificate that this machine does not trust, once somebody has compared it.</summary>
    private async Task<string?> AskAboutAsync(CancellationToken cancellation)
    {
        var seen = await CertificateProbe.LookAsync(Url, cancellation);
        if (seen.Trusted)
        {
            return null;
        }

        return terminal.Confirm(
            $"{Url} shows a certificate with the fingerprint\n  {seen.Fingerprint}\nIs it what 'nua server status' shows on that machine?")
            ? seen.Fingerprint
            : throw new ApiException(CliProblems.UnknownCertificate(Url, seen.Fingerprint));
    }

    private string? ReadToken()
    {
        if (TokenFile is null)
        {
            return choice.Token ?? terminal.ReadHidden("Token");
        }

        try
        {
            return TokenFile == "-" ? terminal.ReadHidden("Token") : File.ReadAllText(TokenFile);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ApiException(CliProblems.CannotRead(TokenFile, failure.Message), failure);
        }
    }
}
