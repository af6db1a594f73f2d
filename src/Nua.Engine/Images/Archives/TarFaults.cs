namespace Nua.Engine.Images.Archives;

/// <summary>What reading a damaged tar archive may throw.</summary>
internal static class TarFaults
{
    /// <summary>While a header is read: some of it comes of sums over what the header says.</summary>
    public static bool IsOfHeader(Exception failure) =>
        failure is not OperationCanceledException
        && (IsOfContent(failure) || failure is InvalidOperationException or ArgumentException or OverflowException or NotSupportedException);

    /// <summary>While content is read.</summary>
    public static bool IsOfContent(Exception failure) => failure is InvalidDataException or EndOfStreamException or FormatException;
}
