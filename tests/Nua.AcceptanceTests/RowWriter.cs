using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Xunit;

namespace Nua.AcceptanceTests;

/// <summary>
/// A visitor who never stops signing a guestbook, whatever becomes of it, and remembers what he was thanked for. What he was
/// thanked for must be there afterwards.
/// </summary>
internal sealed class RowWriter : IAsyncDisposable
{
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly TestServer _server;
    private readonly string _host;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _writing;
    private ConcurrentQueue<int> _thanked = [];
    private int _seen;

    public RowWriter(TestServer server, string host)
    {
        (_server, _host) = (server, host);
        _writing = Task.Run(WriteAsync);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>How many rows he was thanked for.</summary>
    public int Rows => _thanked.Count;

    /// <summary>Fails when a row is not there that he was thanked for: the first ones, and all since the last look.</summary>
    public async Task AssertNothingIsLostAsync(string when, bool whole = false)
    {
        var rows = _thanked.ToList();
        var asked = whole ? rows : [.. rows.Take(3), .. rows.Skip(_seen)];
        using var reader = _server.Visit(_host);
        foreach (var row in asked)
        {
            using var answer = await reader.GetAsync($"/api/entries/{row}", Cancellation);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{when}: row {row} of {rows.Count} is answered with {(int)answer.StatusCode}");
        }

        _seen = rows.Count;
    }

    /// <summary>The data was given up on purpose.</summary>
    public void Forget() => (_thanked, _seen) = ([], 0);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _writing;
        _end.Dispose();
    }

    private async Task WriteAsync()
    {
        using var visitor = _server.Visit(_host);
        visitor.Timeout = Patience;
        for (var number = 1; !_end.IsCancellationRequested; number++)
        {
            if (await TrySignAsync(visitor, number) is { } row)
            {
                _thanked.Enqueue(row);
            }

            await Task.Delay(Breath, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Who gets no answer does not know whether he signed.</summary>
    private async Task<int?> TrySignAsync(HttpClient visitor, int number)
    {
        var thanked = _thanked;
        try
        {
            using var form = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["name"] = "Writer",
                ["message"] = number.ToString(CultureInfo.InvariantCulture),
                ["listed"] = "false",
            });
            using var answer = await visitor.PostAsync("/api/entries", form, _end.Token);
            return answer.StatusCode == HttpStatusCode.Created && thanked == _thanked
                ? (await answer.Content.ReadFromJsonAsync<JsonElement>(_end.Token)).GetProperty("id").GetInt32()
                : null;
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException or IOException)
        {
            return null;
        }
    }
}
