namespace Nua.Cli.Output;

/// <summary>What the place we write to can show.</summary>
/// <param name="Colour">Whether standard output may be coloured.</param>
/// <param name="ErrorColour">Whether standard error may be coloured.</param>
/// <param name="Live">Whether a line on standard error can be drawn over.</param>
/// <param name="CanAsk">Whether somebody sits there who can answer a question.</param>
/// <param name="Width">Columns of standard output; a file has as many as it takes.</param>
/// <param name="ErrorWidth">Columns of standard error.</param>
internal sealed record TerminalLook(bool Colour, bool ErrorColour, bool Live, bool CanAsk, int Width, int ErrorWidth)
{
    private const int Unbounded = 10_000;

    /// <summary>A file or a pipe: no colour, no drawing over, lines of any length.</summary>
    public static TerminalLook Plain { get; } = new(false, false, false, false, Unbounded, Unbounded);

    /// <summary>Looks at this process: what is redirected, <c>NO_COLOR</c>, <c>TERM</c>.</summary>
    public static TerminalLook OfThisProcess()
    {
        var capable = Environment.GetEnvironmentVariable("TERM") is { Length: > 0 } term && term != "dumb";
        var coloured = capable && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        var (output, error) = (!Console.IsOutputRedirected, !Console.IsErrorRedirected);
        return new TerminalLook(
            output && coloured,
            error && coloured,
            error && capable,
            error && !Console.IsInputRedirected,
            output ? Columns() : Unbounded,
            error ? Columns() : Unbounded);
    }

    /// <summary>A terminal that does not know its width says 0.</summary>
    private static int Columns() => Console.WindowWidth is > 0 and var columns ? columns : Unbounded;
}
