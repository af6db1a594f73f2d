using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Nua.Gateway.Certificates;
using Nua.Gateway.Issuing.Dns;

namespace Nua.Gateway.Issuing;

/// <summary>
/// Looks whether an authority would find what it looks for, before it is asked: authorities count those who fail, this machine does not.
/// </summary>
/// <param name="view">What the world sees.</param>
/// <param name="challenges">Where an authority would find an answer.</param>
/// <param name="way">The challenge that will be answered.</param>
/// <param name="port">Where authorities ask over plain HTTP.</param>
internal sealed class Preflight(DnsView view, HttpChallenges challenges, string way, int port)
{
    private const int TokenLength = 32;
    private const int LongestAnswer = 4096;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Whether the name leads here, as far as the challenge needs it.</summary>
    /// <exception cref="UnprovenException">It does not.</exception>
    public async Task CheckAsync(string name, CancellationToken cancellation)
    {
        if (Wildcard.Is(name) || way == DnsChallenges.Name)
        {
            return;
        }

        var addresses = await view.AddressesAsync(name, cancellation);
        if (addresses.Count == 0)
        {
            throw new UnprovenException($"the DNS knows no address of {name}: add an A or AAAA record with this server's");
        }

        if (way == challenges.Type)
        {
            foreach (var address in addresses)
            {
                await CheckAnswerAsync(name, address, cancellation);
            }
        }
    }

    /// <summary>Whether an authority may give the name a certificate.</summary>
    /// <param name="name">The name.</param>
    /// <param name="identities">What the authority goes by in the DNS; nothing: it does not say.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="UnprovenException">It may not.</exception>
    public async Task CheckPolicyAsync(string name, IReadOnlyList<string> identities, CancellationToken cancellation)
    {
        if (identities.Count == 0)
        {
            return;
        }

        var policy = await view.PolicyAsync(Wildcard.Below(name), cancellation);
        if (!policy.Permits(identities, Wildcard.Is(name)))
        {
            throw new UnprovenException($"the CAA records of {policy.Place} do not permit it: add one with issue \"{identities[0]}\"");
        }
    }

    private async Task CheckAnswerAsync(string name, IPAddress address, CancellationToken cancellation)
    {
        var token = RandomNumberGenerator.GetHexString(TokenLength, lowercase: true);
        var answer = new ChallengeAnswer(name, token, token);
        await challenges.PresentAsync(answer, cancellation);
        try
        {
            if (await AskAsync(new Uri($"http://{name}:{port}{HttpChallenges.Folder}{token}"), address, cancellation) != token)
            {
                throw new UnprovenException($"{name} leads to {address}, where something else than this gateway answers on port {port}");
            }
        }
        finally
        {
            await challenges.WithdrawAsync(answer);
        }
    }

    private static async Task<string> AskAsync(Uri url, IPAddress address, CancellationToken cancellation)
    {
        using var http = new HttpClient(new SocketsHttpHandler
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            ConnectCallback = (context, stop) => ConnectAsync(new IPEndPoint(address, context.DnsEndPoint.Port), stop),
        })
        {
            Timeout = Patience,
            MaxResponseContentBufferSize = LongestAnswer,
        };
        try
        {
            return await http.GetStringAsync(url, cancellation);
        }
        catch (Exception failure) when (failure is HttpRequestException || (failure is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new UnprovenException(
                $"{url.Host} leads to {address}, where port {url.Port} does not give this gateway's answer: {failure.GetBaseException().Message}", failure);
        }
    }

    private static async ValueTask<Stream> ConnectAsync(IPEndPoint place, CancellationToken cancellation)
    {
        var socket = new Socket(place.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(place, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
