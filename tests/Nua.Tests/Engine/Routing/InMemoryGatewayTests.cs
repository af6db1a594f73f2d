using System.Net;
using Nua.Core.Problems;
using Nua.Engine.Routing;
using Nua.Testing.Contracts;
using Nua.Testing.Fakes;
using Xunit;

namespace Nua.Tests.Engine.Routing;

public sealed class InMemoryGatewayTests : GatewayContract
{
    private static readonly Route Blue = new("guestbook.test", new Uri("http://blue:8000/"), "guestbook", 1);

    private readonly InMemoryGateway _gateway = new();
    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public InMemoryGatewayTests() => _gateway.AnswerAsync = AnswerAsync;

    protected override IGateway Gateway => _gateway;

    [Fact]
    public async Task A_fault_leaves_the_routes_as_they_were()
    {
        _gateway.FailOn(nameof(IGateway.PublishAsync));

        var fault = await Assert.ThrowsAsync<NuaException>(() => _gateway.PublishAsync(Blue, Cancellation));

        Assert.Equal("gateway.unreachable", fault.Problem.Code);
        Assert.Null(_gateway.RouteOf("guestbook.test"));
    }

    [Fact]
    public async Task A_fault_afterwards_hides_that_the_work_was_done()
    {
        _gateway.FailOn(nameof(IGateway.PublishAsync), afterwards: true);

        await Assert.ThrowsAsync<NuaException>(() => _gateway.PublishAsync(Blue, Cancellation));

        Assert.Equal(Blue, _gateway.RouteOf("guestbook.test"));
    }

    protected override Task<Uri> StartWorkloadAsync(string name) => Task.FromResult(new Uri($"http://{name}:8000/"));

    protected override void LetGo() => _release.TrySetResult();

    protected override HttpClient OpenPublicDoor() => _gateway.OpenPublicDoor();

    private async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request, Route route)
    {
        var path = request.RequestUri!.PathAndQuery;
        if (path == "/held")
        {
            await _release.Task;
        }

        return path switch
        {
            "/away" => new HttpResponseMessage(HttpStatusCode.Found) { Headers = { Location = new Uri("/", UriKind.Relative) } },
            "/cookie" => Text(""),
            _ => Text($"{route.Address.Host} {path}"),
        };
    }

    private static HttpResponseMessage Text(string text) => new(HttpStatusCode.OK) { Content = new StringContent(text) };
}
