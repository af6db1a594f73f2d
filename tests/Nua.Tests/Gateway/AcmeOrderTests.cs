using System.Net;
using System.Text;
using System.Text.Json;
using Nua.Gateway.Acme;
using Xunit;
using Base64 = System.Buffers.Text.Base64Url;

namespace Nua.Tests.Gateway;

/// <summary>What is asked of an authority that has wishes of its own about what a certificate replaces.</summary>
public sealed class AcmeOrderTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("urn:ietf:params:acme:error:alreadyReplaced")]
    [InlineData("urn:ietf:params:acme:error:unauthorized")]
    [InlineData("urn:ietf:params:acme:error:malformed")]
    public async Task No_name_goes_without_a_certificate_for_what_it_would_replace(string refusal)
    {
        var authority = new Authority(refusal);

        var placed = await OrderAsync(authority);

        Assert.Equal("https://ca.test/order/2", placed.Address.ToString());
        Assert.Equal([true, false], authority.Replacing);
    }

    [Fact]
    public async Task Who_wants_to_be_left_alone_is_not_asked_twice()
    {
        var authority = new Authority("urn:ietf:params:acme:error:rateLimited");

        await Assert.ThrowsAsync<AcmeRefusal>(() => OrderAsync(authority));

        Assert.Equal([true], authority.Replacing);
    }

    private static async Task<PlacedOrder> OrderAsync(Authority authority)
    {
        using var http = new HttpClient(authority);
        var connection = new AcmeConnection(http, new Uri("https://ca.test/dir"), TimeProvider.System);
        using var key = AccountKey.Create();
        var account = await AcmeAccount.OpenAsync(connection, key, contact: null, customer: null, TimeProvider.System, Cancellation);
        return await account.OrderAsync(["shop.example.org"], "id.number", Cancellation);
    }

    /// <summary>Refuses the first order in its own way, and takes the second.</summary>
    private sealed class Authority(string refusal) : HttpMessageHandler
    {
        /// <summary>Of each order whether it said what it replaces.</summary>
        public List<bool> Replacing { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = request.RequestUri!.AbsolutePath switch
            {
                "/dir" => Answer(HttpStatusCode.OK, """
                    {"newNonce": "https://ca.test/nonce", "newAccount": "https://ca.test/account", "newOrder": "https://ca.test/order",
                     "renewalInfo": "https://ca.test/renewal"}
                    """),
                "/account" => Answer(HttpStatusCode.Created, """{"status": "valid"}""", "https://ca.test/account/1"),
                "/order" => await OrderAsync(request, cancellationToken),
                _ => Answer(HttpStatusCode.OK, ""),
            };
            answer.Headers.Add("Replay-Nonce", Guid.NewGuid().ToString("N"));
            return answer;
        }

        private async Task<HttpResponseMessage> OrderAsync(HttpRequestMessage request, CancellationToken cancellation)
        {
            using var message = JsonDocument.Parse(await request.Content!.ReadAsStreamAsync(cancellation));
            var payload = Encoding.UTF8.GetString(Base64.DecodeFromChars(message.RootElement.GetProperty("payload").GetString()));
            Replacing.Add(payload.Contains("\"replaces\"", StringComparison.Ordinal));
            return Replacing.Count == 1
                ? Answer(HttpStatusCode.Forbidden, $$"""{"type": "{{refusal}}", "detail": "no"}""")
                : Answer(
                    HttpStatusCode.Created,
                    """{"status": "pending", "authorizations": ["https://ca.test/authorization/1"], "finalize": "https://ca.test/finalize/2"}""",
                    "https://ca.test/order/2");
        }

        private static HttpResponseMessage Answer(HttpStatusCode status, string body, string? place = null)
        {
            var answer = new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            answer.Headers.Location = place is null ? null : new Uri(place);
            return answer;
        }
    }
}
