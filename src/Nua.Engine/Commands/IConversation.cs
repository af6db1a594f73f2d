using Nua.Engine.Runtimes;

namespace Nua.Engine.Commands;

/// <summary>Whoever talks with a command.</summary>
public interface IConversation
{
    /// <summary>What they say next; <see langword="null"/>: they are gone.</summary>
    Task<Said?> ListenAsync(CancellationToken cancellation);

    /// <summary>What the command wrote, on one of its two streams.</summary>
    Task TellAsync(ReadOnlyMemory<byte> output, bool isError, CancellationToken cancellation);
}

/// <summary>What somebody says to a command.</summary>
public abstract record Said
{
    private Said() { }

    /// <summary>Input. It is valid until the next one is listened to.</summary>
    public sealed record Input(ReadOnlyMemory<byte> Bytes) : Said;

    /// <summary>There is no more input.</summary>
    public sealed record EndOfInput : Said;

    /// <summary>Their terminal has another size.</summary>
    public sealed record Resized(TerminalSize Size) : Said;
}
