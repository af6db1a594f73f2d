using System.Text.RegularExpressions;
using Nua.Api;

namespace Nua.Cli.Contexts;

/// <summary>Reads what people type to log in: an address, a fingerprint, the name of a context, a token.</summary>
internal static partial class LoginWords
{
    /// <exception cref="ApiException"><c>cli.usage</c>: a token never travels in the clear.</exception>
    public static Uri UrlOf(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttps && url.UserInfo.Length == 0
            && url is { AbsolutePath: "/", Query: "", Fragment: "" }
            ? url
            : throw new ApiException(CliProblems.Usage($"'{text}' is no address of a server.", "Write it as https://HOST:PORT."));

    /// <exception cref="ApiException"><c>cli.usage</c></exception>
    public static string? FingerprintOf(string? text) => text is null ? null
        : CertificateTrust.TryNormalise(text) ?? throw new ApiException(CliProblems.Usage(
            $"'{text}' is no SHA-256 fingerprint.", "Copy it from 'nua server status' on the server's machine."));

    /// <exception cref="ApiException"><c>cli.usage</c></exception>
    public static string ContextOf(string name) => ContextName.IsMatch(name) && name is not ServerChoice.Local
        ? name
        : throw new ApiException(CliProblems.Usage(
            $"'{name}' cannot name a context.", "Use letters, digits, dots and hyphens; 'local' is this machine's server."));

    /// <summary>A context is called after its host unless it is given a name.</summary>
    public static string ContextOf(Uri url) => ContextOf(url.Host.Trim('[', ']').Replace(':', '-'));

    /// <exception cref="ApiException"><c>cli.no-token</c></exception>
    public static string TokenOf(string? text) => text?.Trim() is { } token && TokenForm.IsMatch(token)
        ? token
        : throw new ApiException(CliProblems.NoToken());

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{0,63}\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex ContextName { get; }

    [GeneratedRegex(@"\Anua_[0-9a-f]+_[0-9a-f]+\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex TokenForm { get; }
}
