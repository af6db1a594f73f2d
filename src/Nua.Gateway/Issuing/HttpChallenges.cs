using System.Collections.Concurrent;

namespace Nua.Gateway.Issuing;

/// <summary>Answers under <c>/.well-known/acme-challenge/</c>, whatever the name leads to otherwise (RFC 8555, section 8.3).</summary>
internal sealed class HttpChallenges : IChallengeResponder
{
    /// <summary>Where they are looked for.</summary>
    public const string Folder = "/.well-known/acme-challenge/";

    private readonly ConcurrentDictionary<string, string> _answers = new(StringComparer.Ordinal);

    public string Type => "http-01";

    public Task PresentAsync(ChallengeAnswer answer, CancellationToken cancellation)
    {
        _answers[answer.Token] = answer.Text;
        return Task.CompletedTask;
    }

    public Task WithdrawAsync(ChallengeAnswer answer)
    {
        _answers.TryRemove(answer.Token, out _);
        return Task.CompletedTask;
    }

    /// <summary>What an authority asks for; <see langword="null"/>: the request is a visitor's.</summary>
    public string? Find(ReadOnlySpan<char> path) =>
        path.StartsWith(Folder) && _answers.TryGetValue(path[Folder.Length..].ToString(), out var answer)
            ? answer
            : null;
}
