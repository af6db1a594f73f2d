using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Nua.Drivers.Routing;
using Nua.Engine.Routing;
using Xunit;

namespace Nua.IntegrationTests.Gateway;

/// <summary>The program: how it starts, what is in its way, what it costs, how it ends.</summary>
public sealed class GatewayProcessTests : IAsyncDisposable
{
    private readonly TemporaryHome _home = new();
    private readonly GatewayClient _client;
    private readonly List<IAsyncDisposable> _backEnds = [];

    public GatewayProcessTests() => _client = new GatewayClient(_home.Home);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        foreach (var backEnd in _backEnds)
        {
            await backEnd.DisposeAsync();
        }

        _home.Dispose();
    }

    [Fact]
    public async Task A_taken_port_is_named_with_who_has_it_and_what_to_do()
    {
        using var occupant = new TcpListener(IPAddress.Loopback, 0);
        occupant.Start();
        var port = ((IPEndPoint)occupant.LocalEndpoint).Port;

        using var gateway = GatewayProcess.Start(_home, "--http", "127.0.0.1:0", "--https", $"127.0.0.1:{port}");
        var (exitCode, error) = await gateway.EndAsync(Cancellation);

        Assert.Equal(8, exitCode);
        Assert.Contains($"Port {port} of 127.0.0.1 is taken by", error, StringComparison.Ordinal);
        Assert.Contains($"(process {Environment.ProcessId}). [gateway.port-taken]", error, StringComparison.Ordinal);
        Assert.Contains("choose another port: --https 127.0.0.1:", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--http", "8080")]
    [InlineData("--http", "127.0.0.1")]
    [InlineData("--https")]
    [InlineData("--port", "8080")]
    public async Task A_wrong_command_line_is_explained(params string[] arguments)
    {
        using var gateway = GatewayProcess.Start(_home, arguments);
        var (exitCode, error) = await gateway.EndAsync(Cancellation);

        Assert.Equal(2, exitCode);
        Assert.Contains("[gateway.bad-usage]", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[::]:0")]
    [InlineData("0.0.0.0:0")]
    public async Task Every_address_of_the_machine_is_answered_at(string address)
    {
        using var gateway = GatewayProcess.Start(_home, "--http", address, "--https", address);
        var state = await gateway.ReadyAsync(_client, Cancellation);

        Assert.StartsWith(
            "HTTP/1.1 404 ",
            await Visiting.SendRawAsync(state.HttpPorts[0], "GET / HTTP/1.1\r\nHost: x.test\r\nConnection: close\r\n\r\n", Cancellation),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Both_families_can_be_asked_for_on_one_port()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();

        using var gateway = GatewayProcess.Start(_home, "--http", $"0.0.0.0:{port}", "--http", $"[::]:{port}");
        var state = await gateway.ReadyAsync(_client, Cancellation);

        Assert.Equal([port], state.HttpPorts);
    }

    [Fact]
    public async Task A_second_gateway_of_the_same_home_is_refused_and_the_first_serves_on()
    {
        using var first = Start();
        await first.ReadyAsync(_client, Cancellation);

        using var second = Start();
        var (exitCode, error) = await second.EndAsync(Cancellation);

        Assert.Equal(8, exitCode);
        Assert.Contains($"Another gateway (process {first.Id}) uses {_home.Home.GatewayState}. [gateway.already-running]", error, StringComparison.Ordinal);
        Assert.Equal(first.Id, (await _client.StateAsync(Cancellation)).Pid);
    }

    [Fact]
    public async Task A_gateway_that_was_killed_is_replaced_with_its_routes()
    {
        var backEnd = await StartBackEndAsync();
        using var first = Start();
        await first.ReadyAsync(_client, Cancellation);
        await _client.PublishAsync(new Route("app.test", backEnd.Address, "app", 1), Cancellation);
        first.Kill();
        await first.EndAsync(Cancellation);
        Assert.True(File.Exists(_home.Home.GatewaySocket), "A killed process leaves its socket file, and this test is about that.");

        using var second = Start();
        var state = await second.ReadyAsync(_client, Cancellation);

        Assert.Equal("app.test", Assert.Single(state.Routes).Route.Domain);
        using var visitor = Visit(state.HttpsPorts[0]);
        Assert.Equal("app /", await visitor.GetStringAsync(new Uri("https://app.test/"), Cancellation));
    }

    [Fact]
    public async Task Told_to_end_it_answers_what_is_under_way_first()
    {
        var backEnd = await StartBackEndAsync();
        using var gateway = Start();
        var state = await gateway.ReadyAsync(_client, Cancellation);
        await _client.PublishAsync(new Route("app.test", backEnd.Address, "app", 1), Cancellation);
        using var visitor = Visit(state.HttpsPorts[0]);
        var held = visitor.GetStringAsync(new Uri("https://app.test/held"), Cancellation);
        while (await _client.DrainAsync(backEnd.Address, TimeSpan.Zero, Cancellation) == 0)
        {
            await Task.Yield();
        }

        gateway.Terminate();
        await RefusedAsync(state.HttpsPorts[0]);
        backEnd.LetGo();

        Assert.Equal("app /held", await held);
        var (exitCode, error) = await gateway.EndAsync(Cancellation);
        Assert.Equal(0, exitCode);
        Assert.DoesNotContain("\"Error\"", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Large_bodies_stream_both_ways_in_little_memory()
    {
        const int Megabytes = 200;
        var backEnd = await StartBackEndAsync();
        using var gateway = Start();
        var state = await gateway.ReadyAsync(_client, Cancellation);
        await _client.PublishAsync(new Route("app.test", backEnd.Address, "app", 1), Cancellation);

        foreach (var version in new[] { HttpVersion.Version11, HttpVersion.Version20 })
        {
            using var visitor = Visit(state.HttpsPorts[0]);
            visitor.DefaultRequestVersion = version;
            visitor.DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact;
            using var body = new ManyBytes(Megabytes);
            using var answer = await visitor.PostAsync(new Uri("https://app.test/count"), body, Cancellation);
            Assert.Equal((Megabytes * 1024L * 1024).ToString(CultureInfo.InvariantCulture), await answer.Content.ReadAsStringAsync(Cancellation));

            await using var plenty = await visitor.GetStreamAsync(new Uri($"https://app.test/plenty?megabytes={Megabytes}"), Cancellation);
            Assert.Equal(Megabytes * 1024L * 1024, await CountAsync(plenty));
        }

        Assert.InRange(gateway.PeakMegabytes(), 1, 150);
    }

    [Fact]
    public async Task No_key_is_written_outside_its_home()
    {
        using var gateway = Start();
        await gateway.ReadyAsync(_client, Cancellation);

        var files = Directory.EnumerateFiles(_home.Folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(_home.Folder, file))
            .Order(StringComparer.Ordinal);

        Assert.Equal(
            ["lib/gateway/authority/ca.crt", "lib/gateway/authority/ca.key", "lib/gateway/certificates/localhost.pem", "lib/gateway/lock", "lib/gateway/pid"],
            files.Where(file => file.StartsWith("lib", StringComparison.Ordinal)));
    }

    private GatewayProcess Start() => GatewayProcess.Start(_home, "--http", "127.0.0.1:0", "--https", "127.0.0.1:0");

    private HttpClient Visit(int port) => new(Visiting.Handler(_home.Home, _ => port));

    private async Task<BackEnd> StartBackEndAsync()
    {
        var backEnd = await BackEnd.StartAsync("app");
        _backEnds.Add(backEnd);
        return backEnd;
    }

    private static async Task RefusedAsync(int port)
    {
        while (true)
        {
            try
            {
                using var knock = new TcpClient();
                await knock.ConnectAsync(IPAddress.Loopback, port, Cancellation);
            }
            catch (SocketException)
            {
                return;
            }
        }
    }

    private static async Task<long> CountAsync(Stream stream)
    {
        var buffer = new byte[64 * 1024];
        var count = 0L;
        while (await stream.ReadAsync(buffer, Cancellation) is > 0 and var read)
        {
            count += read;
        }

        return count;
    }

    /// <summary>A body that exists only while it is sent.</summary>
    private sealed class ManyBytes(int megabytes) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var megabyte = new byte[1024 * 1024];
            for (var sent = 0; sent < megabytes; sent++)
            {
                await stream.WriteAsync(megabyte);
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = megabytes * 1024L * 1024;
            return true;
        }
    }
}
