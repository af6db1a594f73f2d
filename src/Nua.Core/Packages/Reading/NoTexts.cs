using System.Collections;

namespace Nua.Core.Packages.Reading;

/// <summary>
/// A list that was written and holds nothing. To everybody it is an empty list; <see cref="PackageWriter"/> writes it as one,
/// where a list that nobody wrote is <c>null</c>.
/// </summary>
internal sealed class NoTexts : IReadOnlyList<string>
{
    public static readonly NoTexts Written = new();

    private NoTexts() { }

    public int Count => 0;

    public string this[int index] => throw new ArgumentOutOfRangeException(nameof(index));

    public IEnumerator<string> GetEnumerator() => Enumerable.Empty<string>().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
