using System.Net;
using Nua.Engine.Routing;
using Xunit;

namespace Nua.IntegrationTests.Gateway;

/// <summary>Which request reaches which workload, and what it tells it.</summary>
public sealed class RoutingTests : GatewayFixture
{
    [Fact]
    public async Task Plain_http_is_sent_to_https_with_its_path_and_query()
    {
        await PublishAsync("guestbook.test");
        using var request = new HttpRequestMessage(HttpMethod.Post, "http://guestbook.test/a%2Fb//c?d=%20e&f") { Content = new StringContent("x") };

        using var answer = await OpenVisitor().SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.PermanentRedirect, answer.StatusCode);
        Assert.Equal($"https://guestbook.test:{HttpsPort}/a%2Fb//c?d=%20e&f", answer.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task A_route_without_tls_is_served_over_plain_http()
    {
        await PublishAsync("plain.test", tls: false);

        Assert.Equal("plain /x", await OpenVisitor().GetStringAsync(new Uri("http://plain.test/x"), Cancellation));
    }

    [Fact]
    public async Task Http_2_is_spoken_to_those_who_can()
    {
        await PublishAsync("guestbook.test");

        using var answer = await OpenVisitor(HttpVersion.Version20).GetAsync(new Uri("https://guestbook.test/two"), Cancellation);

        Assert.Equal(HttpVersion.Version20, answer.Version);
        Assert.Equal("guestbook /two", await answer.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task An_unknown_host_is_told_so_without_a_redirect()
    {
        var answer = await SendRawAsync("GET / HTTP/1.1\r\nHost: nobody.test\r\nConnection: close\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 404 ", answer, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\nThere is nothing here. No application answers at this address. Is it spelled right?\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_browser_gets_a_page_that_repeats_nothing_unescaped()
    {
        var answer = await SendRawAsync("GET /<script> HTTP/1.1\r\nHost: a\"onload=x.test\r\nAccept: text/html\r\nConnection: close\r\n\r\n");

        Assert.DoesNotContain("\"onload", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_browser_at_an_unknown_host_gets_a_page()
    {
        var answer = await SendRawAsync("GET / HTTP/1.1\r\nHost: nobody.test\r\nAccept: text/html,*/*\r\nConnection: close\r\n\r\n");

        Assert.Contains("Content-Type: text/html; charset=utf-8\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("<h1>There is nothing here</h1>", answer, StringComparison.Ordinal);
        Assert.Contains("nobody.test", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_workload_that_is_down_is_a_bad_gateway()
    {
        var backEnd = await PublishAsync("guestbook.test");
        await backEnd.DisposeAsync();

        using var answer = await OpenVisitor().GetAsync(new Uri("https://guestbook.test/"), Cancellation);

        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        Assert.StartsWith("The application does not answer.", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_workload_that_hangs_up_is_a_bad_gateway()
    {
        await PublishAsync("guestbook.test");

        using var answer = await OpenVisitor().GetAsync(new Uri("https://guestbook.test/abort"), Cancellation);

        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        Assert.Equal(1, Assert.Single((await Client.StateAsync(Cancellation)).Routes).Failed);
    }

    [Fact]
    public async Task A_workload_is_told_who_asks_how_and_for_what()
    {
        await PublishAsync("guestbook.test");

        var headers = await OpenVisitor().GetStringAsync(new Uri("https://guestbook.test/headers"), Cancellation);

        Assert.Contains("host: guestbook.test\n", headers, StringComparison.Ordinal);
        Assert.Contains("x-forwarded-for: 127.0.0.1\n", headers, StringComparison.Ordinal);
        Assert.Contains("x-forwarded-proto: https\n", headers, StringComparison.Ordinal);
        Assert.Contains("x-forwarded-host: guestbook.test\n", headers, StringComparison.Ordinal);
        Assert.DoesNotContain("x-forwarded-prefix", headers, StringComparison.Ordinal);
        Assert.DoesNotContain("traceparent", headers, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_workload_below_a_path_is_told_the_path()
    {
        await PublishAsync("example.test/wiki");

        var headers = await OpenVisitor().GetStringAsync(new Uri("https://example.test/wiki/headers"), Cancellation);

        Assert.Contains("x-forwarded-prefix: /wiki\n", headers, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_visitor_says_of_himself_is_not_passed_on()
    {
        await PublishAsync("plain.test", tls: false);

        var answer = await SendRawAsync(
            "GET /headers HTTP/1.1\r\nHost: plain.test:81\r\nX-Forwarded-For: 10.6.6.6\r\nx_forwarded_for: 10.6.6.6\r\n"
            + "X-Forwarded-Proto: https\r\nX-FORWARDED-HOST: evil.test\r\nX-Forwarded_Port: 666\r\nForwarded: for=10.6.6.6\r\n"
            + "X-Real-IP: 10.6.6.6\r\nProxy: http://evil.test\r\nX-Original-URL: /666\r\nX-Frame: kept\r\n"
            + "Connection: close, X-Forwarded-For\r\n\r\n");

        Assert.DoesNotContain("666", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("6.6", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("evil", answer, StringComparison.Ordinal);
        Assert.Contains("x-forwarded-for: 127.0.0.1\n", answer, StringComparison.Ordinal);
        Assert.Contains("x-forwarded-proto: http\n", answer, StringComparison.Ordinal);
        Assert.Contains("x-forwarded-host: plain.test:81\n", answer, StringComparison.Ordinal);
        Assert.Contains("x-frame: kept\n", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PLAIN.Test")]
    [InlineData("plain.test.")]
    [InlineData("plain.test:8080")]
    [InlineData("Plain.test.:80")]
    public async Task A_host_is_found_however_it_is_written(string host)
    {
        await PublishAsync("plain.test", tls: false);

        var answer = await SendRawAsync($"GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
        Assert.Contains("plain /", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("//", "plain //")]
    [InlineData("//evil.test/x", "plain //evil.test/x")]
    [InlineData("/a%2Fb%2fc", "plain /a%2Fb%2fc")]
    [InlineData("/%7Euser/%41?q=%7e#", null)]
    [InlineData("/?", "plain /?")]
    [InlineData("/a;b=c/d|e\"f<g>{h}\\i^j`k", "plain /a;b=c/d|e\"f<g>{h}\\i^j`k")]
    [InlineData("/%77iki/x", "plain /%77iki/x")]
    [InlineData("/wikipedia", "plain /wikipedia")]
    [InlineData("/wiki%2Fx", "plain /wiki%2Fx")]
    [InlineData("/wiki/x", "wiki /x")]
    [InlineData("/wiki//x", "wiki //x")]
    [InlineData("/wiki?x", "wiki /?x")]
    [InlineData("/wiki/", "wiki /")]
    [InlineData("/wiki/...", "wiki /...")]
    [InlineData("/wiki/.well-known", "wiki /.well-known")]
    [InlineData("http://plain.test/wiki/x", "wiki /x")]
    [InlineData("http://plain.test", "plain /")]
    [InlineData("http://plain.test?x=/wiki", null)]
    [InlineData("/wiki/../x", null)]
    [InlineData("/x/../wiki", null)]
    [InlineData("/wiki/..", null)]
    [InlineData("/wiki/%2e%2E/x", null)]
    [InlineData("/wiki/.%2e/x", null)]
    [InlineData("/./wiki", null)]
    [InlineData("*", null)]
    [InlineData("wiki", null)]
    public async Task A_path_reaches_one_workload_as_it_was_written_or_none(string target, string? expected)
    {
        var wiki = await StartBackEndAsync("wiki");
        await PublishAsync("plain.test", tls: false);
        await Client.PublishAsync(new Route("plain.test/wiki", wiki.Address, "wiki", 1, Tls: false), Cancellation);

        var answer = await SendRawAsync($"GET {target} HTTP/1.1\r\nHost: plain.test\r\nConnection: close\r\n\r\n");

        if (expected is null)
        {
            Assert.StartsWith("HTTP/1.1 40", answer, StringComparison.Ordinal);
        }
        else
        {
            Assert.Contains($"\r\n{expected}\r\n", answer, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: plain.test\r\nHost: other.test\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\n\r\n")]
    [InlineData("GET http://other.test/ HTTP/1.1\r\nHost: plain.test\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nHost: plain.test\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd")]
    [InlineData("POST / HTTP/1.1\r\nHost: plain.test\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nHost: plain.test\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost : plain.test\r\n\r\n")]
    public async Task An_ambiguous_request_reaches_nobody(string request)
    {
        await PublishAsync("plain.test", tls: false);

        var answer = await SendRawAsync(request);

        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("plain /", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_workload_is_not_talked_into_a_protocol_that_nobody_watches()
    {
        await PublishAsync("plain.test", tls: false);

        var answer = await SendRawAsync(
            "GET /headers HTTP/1.1\r\nHost: plain.test\r\nConnection: Upgrade, HTTP2-Settings, close\r\n"
            + "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("upgrade: h2c", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Headers_without_end_are_cut_off()
    {
        await PublishAsync("plain.test", tls: false);

        var answer = await SendRawAsync($"GET / HTTP/1.1\r\nHost: plain.test\r\nX-Long: {new string('x', 40_000)}\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 431 ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Browsers_are_not_told_to_insist_on_https_for_names_of_this_machine()
    {
        await PublishAsync("guestbook.test");

        using var answer = await OpenVisitor().GetAsync(new Uri("https://guestbook.test/"), Cancellation);

        Assert.False(answer.Headers.Contains("Strict-Transport-Security"));
    }

    [Fact]
    public async Task Browsers_are_told_to_insist_on_https_for_public_names()
    {
        await PublishAsync("example.org");

        using var answer = await OpenVisitor().GetAsync(new Uri("https://example.org/"), Cancellation);
        using var otherPort = await OpenVisitor().GetAsync(new Uri($"https://example.org:{HttpsPort}/"), Cancellation);

        Assert.Equal("max-age=31536000", Assert.Single(answer.Headers.GetValues("Strict-Transport-Security")));
        Assert.False(otherPort.Headers.Contains("Strict-Transport-Security"));
    }
}
