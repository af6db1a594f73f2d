namespace Nua.Cli.Sessions;

/// <summary>The three streams of a process, as bytes.</summary>
internal sealed record StandardStreams(Stream Input, Stream Output, Stream Error)
{
    public static StandardStreams OfThisProcess() =>
        new(Console.OpenStandardInput(), Console.OpenStandardOutput(), Console.OpenStandardError());
}
