using System.Net;
using System.Text;
using Nua.Core.Packages;
using Nua.Engine.Protocol;
using Nua.Engine.Runtimes;
using Xunit;

namespace Nua.Tests.Engine.Protocol;

public sealed class TestProtocolTests
{
    private readonly Dictionary<string, Func<HttpRequestMessage, HttpResponseMessage>> _pages = [];
    private readonly List<string> _asked = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_any_test_the_front_page_must_answer_without_an_error()
    {
        _pages["/"] = _ => Page(HttpStatusCode.Found, "");
        Assert.True((await RunAsync()).Passed);

        _pages["/"] = _ => Page(HttpStatusCode.BadGateway, "");
        Assert.False((await RunAsync()).Passed);
    }

    [Fact]
    public async Task What_was_saved_is_filled_in_later_and_other_braces_stay()
    {
        _pages["/make"] = _ => Page(HttpStatusCode.OK, """{"entry": {"ids": ["a7", "b8"]}}""");
        _pages["/entries/b8"] = request => Page(HttpStatusCode.OK, request.Headers.GetValues("X-Raw").Single());

        var report = await RunAsync(
            new TestStep.Http { Name = "make", Url = "/make", Save = new Dictionary<string, string> { ["id"] = "$.entry.ids[1]" } },
            new TestStep.Http
            {
                Name = "read",
                Url = "/entries/{id}",
                Headers = new Dictionary<string, string> { ["X-Raw"] = "{unknown} {id}" },
                ExpectText = "{unknown} b8",
            });

        Assert.True(report.Passed, report.Outcomes[^1].Why);
    }

    [Theory]
    [InlineData("text/plain; charset=no-such-charset")]
    [InlineData("text/plain; charset=\"utf-8\"")]
    public async Task An_answer_is_read_whatever_charset_it_claims(string type)
    {
        _pages["/"] = _ =>
        {
            var page = Page(HttpStatusCode.OK, "Grüße");
            page.Content.Headers.Remove("Content-Type");
            page.Content.Headers.TryAddWithoutValidation("Content-Type", type);
            return page;
        };

        var report = await RunAsync(new TestStep.Http { Name = "read", Url = "/", ExpectText = "Grüße" });

        Assert.True(report.Passed, report.Outcomes[^1].Why);
    }

    [Fact]
    public async Task A_cookie_for_another_domain_is_dropped_as_a_browser_would()
    {
        _pages["/"] = _ =>
        {
            var page = Page(HttpStatusCode.OK, "");
            page.Headers.Add("Set-Cookie", "session=s3; Domain=.somewhere.example");
            return page;
        };

        Assert.True((await RunAsync(new TestStep.Http { Name = "visit", Url = "/" })).Passed);
    }

    [Fact]
    public async Task Cookies_go_from_one_step_to_the_next()
    {
        _pages["/login"] = _ =>
        {
            var page = Page(HttpStatusCode.OK, "");
            page.Headers.Add("Set-Cookie", "session=s3; Path=/; HttpOnly");
            return page;
        };
        _pages["/me"] = request => Page(HttpStatusCode.OK, request.Headers.TryGetValues("Cookie", out var cookies) ? cookies.Single() : "");

        var report = await RunAsync(
            new TestStep.Http { Name = "login", Url = "/login" },
            new TestStep.Http { Name = "me", Url = "/me", ExpectText = "session=s3" });

        Assert.True(report.Passed, report.Outcomes[^1].Why);
    }

    [Theory]
    [InlineData(404, "expected 200, came 404")]
    [InlineData(200, "'Welcome' is not in the answer")]
    public async Task A_step_that_does_not_hold_says_what_was_expected_and_what_came(int status, string why)
    {
        _pages["/"] = _ => Page((HttpStatusCode)status, "Sorry");

        var report = await RunAsync(new TestStep.Http { Name = "front", Url = "/", ExpectText = "Welcome" });

        Assert.Contains(why, report.Outcomes[^1].Why);
    }

    [Fact]
    public async Task The_first_failure_ends_the_run()
    {
        _pages["/a"] = _ => Page(HttpStatusCode.InternalServerError, "");
        _pages["/b"] = _ => Page(HttpStatusCode.OK, "");

        await RunAsync(new TestStep.Http { Name = "a", Url = "/a" }, new TestStep.Http { Name = "b", Url = "/b" });

        Assert.Equal(["/a"], _asked);
    }

    [Fact]
    public async Task Steps_run_on_their_occasions_and_nothing_writes_while_watching()
    {
        _pages["/"] = _ => Page(HttpStatusCode.OK, "");
        TestStep[] steps =
        [
            new TestStep.Http { Name = "always", Url = "/" },
            new TestStep.Http { Name = "drill only", Url = "/", When = [TestOccasion.Drill] },
            new TestStep.Http { Name = "writes", Url = "/", Writes = true },
        ];

        Assert.Equal(["always", "writes"], await NamesAsync(TestOccasion.Deploy));
        Assert.Equal(["always", "drill only", "writes"], await NamesAsync(TestOccasion.Drill));
        Assert.Equal(["always"], await NamesAsync(TestOccasion.Monitor));

        async Task<IEnumerable<string>> NamesAsync(TestOccasion occasion) =>
            (await TestProtocol.RunAsync(Target(), steps, occasion, Cancellation)).Outcomes.Select(outcome => outcome.Name);
    }

    [Fact]
    public async Task A_step_that_takes_too_long_fails_with_its_limit()
    {
        var step = new TestStep.Command { Name = "slow", Line = "slow", Within = TimeSpan.FromMilliseconds(20) };

        var report = await RunAsync(step);

        Assert.Contains("longer than 0.02 s", report.Outcomes[^1].Why);
    }

    [Fact]
    public async Task A_command_that_fails_shows_its_last_line()
    {
        var report = await RunAsync(new TestStep.Command { Name = "check", Line = "check" });

        Assert.Equal("'check' ended with 3: two rows are missing", report.Outcomes[^1].Why);
    }

    [Fact]
    public async Task Volumes_and_folders_of_the_host_can_be_asked_for()
    {
        Assert.True((await RunAsync(
            new TestStep.HostVolume { Name = "has it", Volume = "uploads" },
            new TestStep.HostVolume { Name = "has it not", Volume = "other", Exists = false },
            new TestStep.HostDirectory { Name = "folder", Path = "/there" })).Passed);
        Assert.False((await RunAsync(new TestStep.HostVolume { Name = "gone", Volume = "other" })).Passed);
        Assert.False((await RunAsync(new TestStep.HostDirectory { Name = "gone", Path = "/nowhere" })).Passed);
    }

    private Task<TestReport> RunAsync(params TestStep[] steps) => TestProtocol.RunAsync(Target(), steps, TestOccasion.Deploy, Cancellation);

    private TestTarget Target() => new(
        new Uri("https://notes.localhost:8443/"),
        new HttpClient(new PagesHandler(this)),
        async (line, token) =>
        {
            if (line == "slow")
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, token);
            }

            return new ExecOutcome(3, "checking\n", "two rows are missing\n");
        },
        name => name == "uploads",
        folder => folder == "/there");

    private static HttpResponseMessage Page(HttpStatusCode status, string text) =>
        new(status) { Content = new StringContent(text, Encoding.UTF8, "text/plain") };

    private sealed class PagesHandler(TestProtocolTests test) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            test._asked.Add(request.RequestUri!.AbsolutePath);
            return Task.FromResult(test._pages[request.RequestUri.AbsolutePath](request));
        }
    }
}
