using Nua.Engine.Deploy;

namespace Nua.Drivers.Routing;

/// <summary>Asks a workload's web server directly, on its own address, as the gateway will.</summary>
public sealed class HttpWebProbe : IWebProbe, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        PooledConnectionLifetime = TimeSpan.Zero,
    })
    {
        Timeout = Patience,
    };

    public async Task<string?> WhyNotAsync(Uri address, CancellationToken cancellation)
    {
        try
        {
            using var response = await _http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellation);
            return null;
        }
        catch (HttpRequestException failure)
        {
            return $"GET {address}: {failure.Message}";
        }
        catch (TaskCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return $"GET {address}: no answer within {Patience.TotalSeconds:0} s";
        }
    }

    public void Dispose() => _http.Dispose();
}
