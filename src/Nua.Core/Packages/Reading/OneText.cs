using System.Collections;

namespace Nua.Core.Packages.Reading;

/// <summary>
/// A list of one text that was written without brackets. To everybody it is a list; <see cref="PackageWriter"/> writes it
/// the way it came, as the normal form of a config always kept the difference.
/// </summary>
internal sealed class OneText(string text) : IReadOnlyList<string>
{
    public int Count => 1;

    public string this[int index] => index == 0 ? text : throw new ArgumentOutOfRangeException(nameof(index));

    public IEnumerator<string> GetEnumerator()
    {
        yield return text;
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
