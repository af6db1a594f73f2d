using System.Buffers;
using System.Net.Security;
using Nua.Gateway.Listening;
using Xunit;

namespace Nua.Tests.Gateway;

public sealed class ClientHelloTests
{
    private static readonly SslApplicationProtocol Answers = new("acme-tls/1");

    public static TheoryData<bool, string[]> Offers => new()
    {
        { true, ["acme-tls/1"] },
        { false, ["h2", "http/1.1"] },
        { false, ["acme-tls/1", "h2"] },
        { false, [] },
    };

    [Theory]
    [MemberData(nameof(Offers))]
    public async Task Only_who_offers_nothing_else_asks_for_an_answer(bool asks, string[] protocols)
    {
        var hello = await FirstWordsAsync(protocols);

        Assert.Equal(asks, ClientHello.OffersOnly(new ReadOnlySequence<byte>(hello), Answers.Protocol.Span));
        Assert.Null(ClientHello.OffersOnly(new ReadOnlySequence<byte>(hello.AsMemory(0, 3)), Answers.Protocol.Span));
        Assert.Null(ClientHello.OffersOnly(new ReadOnlySequence<byte>(hello.AsMemory(0, hello.Length - 1)), Answers.Protocol.Span));
    }

    [Fact]
    public async Task Nothing_that_a_stranger_sends_is_taken_for_it_or_does_harm()
    {
        var hello = await FirstWordsAsync(["h2"]);
        var chance = new Random(1);
        for (var time = 0; time < 20_000; time++)
        {
            var damaged = hello.ToArray();
            for (var hit = 0; hit < 4; hit++)
            {
                // Not the length of the record: then it is merely waited for more.
                damaged[chance.Next(5, damaged.Length)] = (byte)chance.Next(256);
            }

            Assert.False(ClientHello.OffersOnly(new ReadOnlySequence<byte>(damaged), Answers.Protocol.Span));
        }

        Assert.False(ClientHello.OffersOnly(new ReadOnlySequence<byte>("GET / HTTP/1.1"u8.ToArray()), Answers.Protocol.Span));
    }

    /// <summary>What a client of this machine says first.</summary>
    private static async Task<byte[]> FirstWordsAsync(string[] protocols)
    {
        var said = new MemoryStream();
        await using var tls = new SslStream(new OneWay(said));
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = "shop.example.org",
            ApplicationProtocols = [.. protocols.Select(name => new SslApplicationProtocol(name))],
        };
        await Assert.ThrowsAnyAsync<Exception>(() => tls.AuthenticateAsClientAsync(options, TestContext.Current.CancellationToken));
        return said.ToArray();
    }

    /// <summary>Hears nothing.</summary>
    private sealed class OneWay(Stream to) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush() => to.Flush();

        public override int Read(byte[] buffer, int offset, int count) => 0;

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => to.Write(buffer, offset, count);
    }
}
