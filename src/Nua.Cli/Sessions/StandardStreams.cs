using Microsoft.Win32.SafeHandles;

namespace Nua.Cli.Sessions;

/// <summary>The three streams of a process, as bytes.</summary>
internal sealed record StandardStreams(Stream Input, Stream Output, Stream Error)
{
    private const int InputDescriptor = 0;

    /// <summary>The console's own stream would read whole lines from a terminal, and echo them.</summary>
    public static StandardStreams OfThisProcess() => new(
        new FileStream(new SafeFileHandle(InputDescriptor, ownsHandle: false), FileAccess.Read, bufferSize: 0),
        Console.OpenStandardOutput(),
        Console.OpenStandardError());
}
