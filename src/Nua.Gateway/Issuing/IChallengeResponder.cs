namespace Nua.Gateway.Issuing;

/// <summary>One way to show an authority that a name leads here (RFC 8555, section 8).</summary>
internal interface IChallengeResponder
{
    /// <summary>What ACME calls it, such as <c>http-01</c>.</summary>
    string Type { get; }

    /// <summary>Has the answer where the authority looks for it.</summary>
    Task PresentAsync(ChallengeAnswer answer, CancellationToken cancellation);

    /// <summary>Nobody looks for it any more.</summary>
    Task WithdrawAsync(ChallengeAnswer answer);
}

/// <summary>What an authority has to find.</summary>
/// <param name="Host">The name, without the star of a wildcard.</param>
/// <param name="Token">What the authority calls the challenge.</param>
/// <param name="Text">The key authorization (RFC 8555, section 8.1).</param>
internal sealed record ChallengeAnswer(string Host, string Token, string Text);
