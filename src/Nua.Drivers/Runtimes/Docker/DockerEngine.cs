using System.Net.Sockets;
using Docker.DotNet;
using Nua.Core.Problems;

namespace Nua.Drivers.Runtimes.Docker;

/// <summary>The connection to a Docker engine, and the one place where its errors become problems.</summary>
/// <param name="socket">The engine's Unix socket.</param>
/// <param name="patience">How long an answer may take; an engine that takes longer does not answer. Without it, there is no limit.</param>
internal sealed class DockerEngine(string socket, TimeSpan? patience = null) : IDisposable
{
    private readonly DockerClient _client = new DockerClientBuilder()
        .WithEndpoint(new Uri($"unix://{socket}"))
        .WithTimeout(Timeout.InfiniteTimeSpan)
        .Build();

    public string Socket => socket;

    /// <summary>A question that is answered at once, or not at all.</summary>
    /// <param name="what">What is asked, to follow "refused to": <c>start 'notes-1'</c>.</param>
    /// <param name="question">The calls.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public Task<T> AskAsync<T>(string what, Func<DockerClient, Task<T>> question, CancellationToken cancellation) =>
        AttendAsync(what, client => question(client).WaitAsync(patience ?? Timeout.InfiniteTimeSpan, cancellation), cancellation);

    public Task AskAsync(string what, Func<DockerClient, Task> question, CancellationToken cancellation) =>
        AskAsync(what, async client => { await question(client); return true; }, cancellation);

    /// <summary>What takes as long as it takes, such as a command in a container, or the next line of a log.</summary>
    public async Task<T> AttendAsync<T>(string what, Func<DockerClient, Task<T>> question, CancellationToken cancellation)
    {
        try
        {
            return await question(_client);
        }
        catch (DockerApiException refusal)
        {
            throw new NuaException(EngineFaults.Explain(what, refusal), refusal);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or SocketException or TimeoutException)
        {
            cancellation.ThrowIfCancellationRequested();
            throw new NuaException(EngineFaults.Unreachable(socket, failure), failure);
        }
    }

    public void Dispose() => _client.Dispose();
}
