using System.CommandLine;
using System.CommandLine.Completions;
using Nua.Api;

namespace Nua.Cli.Commands;

/// <summary>The name of an instance, completed with those the server has.</summary>
internal static class InstanceArgument
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    public static Argument<string> Required(NuaClient server) =>
        With(new Argument<string>("instance") { Description = "The instance." }, server);

    public static Argument<string?> Optional(NuaClient server, string description) =>
        With(new Argument<string?>("instance") { Description = description, Arity = ArgumentArity.ZeroOrOne }, server);

    private static T With<T>(T argument, NuaClient server)
        where T : Argument
    {
        argument.CompletionSources.Add(_ => NamesAsync(server).GetAwaiter().GetResult());
        return argument;
    }

    /// <summary>Somebody who presses the tab key must not wait, nor read an error.</summary>
    private static async Task<IEnumerable<CompletionItem>> NamesAsync(NuaClient server)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            var list = await server.InstancesAsync(patience.Token);
            return list.Instances.Select(instance => new CompletionItem(instance.Name, detail: instance.Url));
        }
        catch (Exception failure) when (failure is ApiException or OperationCanceledException)
        {
            return [];
        }
    }
}
