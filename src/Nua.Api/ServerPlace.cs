namespace Nua.Api;

/// <summary>Where a server is, and how it is spoken with.</summary>
public abstract class ServerPlace
{
    /// <summary>What opens connections there.</summary>
    public abstract HttpMessageHandler Open();

    /// <summary>What every path is below.</summary>
    public abstract Uri Url { get; }

    /// <summary>Where a WebSocket is: under the same address, by the scheme that goes with its own (RFC 6455, section 3).</summary>
    public Uri SocketAt(string path) => new UriBuilder(new Uri(Url, path)) { Scheme = Url.Scheme == Uri.UriSchemeHttps ? Uri.UriSchemeWss : Uri.UriSchemeWs }.Uri;

    /// <summary>What is sent with every request; <see langword="null"/>: nothing, since the kernel says who asks.</summary>
    public virtual string? Token => null;

    /// <summary>Why nobody answered.</summary>
    public abstract ProblemView WhyUnanswered(HttpRequestException failure);
}
