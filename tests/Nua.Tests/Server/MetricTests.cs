using System.Net;
using System.Net.Http.Json;
using Nua.Api;
using Xunit;

namespace Nua.Tests.Server;

public sealed class MetricTests
{
    private static CancellationToken Cancellation => ServerWorld.Cancellation;

    [Fact]
    public async Task Figures_are_told_of_every_workload_and_who_is_silent_is_named()
    {
        await using var server = await ServerWorld.StartAsync();
        await server.DeployAsync();

        var answered = await server.Client.MetricsAsync("notes", Cancellation);
        server.World.Server.Figures = "nonsense";
        var silent = await server.Client.MetricsAsync("notes", Cancellation);

        Assert.Equal(
            ["database fake-sql answered", "app  not-asked"],
            answered.Workloads.Select(workload => $"{workload.Workload} {workload.Module} {workload.State}"));
        Assert.Equal(new MetricView("nua_fake_rows", "counter", 7, "Rows"), answered.Workloads[0].Metrics[^1]);
        Assert.Equal("bytes", answered.Workloads[1].Metrics[0].Unit);
        Assert.Equal(("silent", "The answer of 'fake-figures' was not understood."), (silent.Workloads[0].State, silent.Workloads[0].Reason));
        Assert.NotEmpty(silent.Workloads[0].Metrics);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("*/*", false)]
    [InlineData("application/json", false)]
    [InlineData("application/openmetrics-text; version=1.0.0", true)]
    [InlineData("application/openmetrics-text", true)]
    [InlineData("application/openmetrics-text; version=\"1.0.0\"; charset=utf-8", true)]
    [InlineData("application/openmetrics-text; version=2.0.0", false)]
    [InlineData("application/openmetrics-text;version=1.0.0;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,text/plain;q=0.3,*/*;q=0.1", true)]
    [InlineData("application/json, application/openmetrics-text;q=0.5", false)]
    [InlineData("application/openmetrics-text;q=0, */*", false)]
    public async Task Who_names_OpenMetrics_gets_it(string? accept, bool isText)
    {
        await using var server = await ServerWorld.StartAsync();
        await server.DeployAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "v1/instances/notes/metrics");
        request.Headers.TryAddWithoutValidation("Accept", accept);

        using var response = await server.Http.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("Accept", string.Join(',', response.Headers.Vary));
        if (isText)
        {
            Assert.Equal("application/openmetrics-text; version=1.0.0; charset=utf-8", $"{response.Content.Headers.ContentType}");
            var text = await response.Content.ReadAsStringAsync(Cancellation);
            Assert.Contains("nua_fake_rows_total{instance=\"notes\",provider=\"database\"} 7\n", text, StringComparison.Ordinal);
            Assert.EndsWith("# EOF\n", text);
        }
        else
        {
            Assert.Equal("notes", (await response.Content.ReadFromJsonAsync(ApiJson.Default.InstanceMetricsView, Cancellation))!.Instance);
        }
    }
}
