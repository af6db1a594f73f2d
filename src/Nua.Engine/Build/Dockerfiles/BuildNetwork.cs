namespace Nua.Engine.Build.Dockerfiles;

/// <summary>
/// What a step needs that downloads: the certificate authorities this machine trusts, for that step alone. They come as a
/// secret, so they are in no layer and in no cache.
/// </summary>
internal sealed record BuildNetwork(bool HasAuthorities)
{
    /// <summary>The id of the secret.</summary>
    public const string Secret = "ca";

    private const string File = "/run/secrets/nua-ca.pem";

    private static readonly string[] Readers =
        ["CARGO_HTTP_CAINFO", "CURL_CA_BUNDLE", "GIT_SSL_CAINFO", "NODE_EXTRA_CA_CERTS", "PIP_CERT", "REQUESTS_CA_BUNDLE", "SSL_CERT_FILE", "npm_config_cafile"];

    /// <summary>For each step.</summary>
    public IReadOnlyList<string> Mounts => HasAuthorities ? [$"type=secret,id={Secret},target={File},mode=0444"] : [];

    /// <summary>For the stage; never for one that ends in the image.</summary>
    public IEnumerable<KeyValuePair<string, string>> Environment =>
        HasAuthorities ? Readers.Select(name => KeyValuePair.Create(name, File)) : [];
}
