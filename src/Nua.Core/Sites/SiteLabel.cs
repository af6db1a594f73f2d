using System.Security.Cryptography;
using System.Text;
using Nua.Core.Names;

namespace Nua.Core.Sites;

/// <summary>
/// How an operator calls a site, and the two names that follow from it. <see cref="Id"/> is the predecessor's: lower case,
/// white space as <c>_</c>, only <c>a-z 0-9 . - _</c>, none of the signs at the ends, at most 128 characters.
/// <see cref="Instance"/> is a DNS label, as containers and networks need: dots and underscores become hyphens, runs of them
/// one; it starts with a letter (<c>app-</c> is put before it when it does not), and one longer than 40 characters keeps the
/// first 33 and gets a hyphen and six digits of its SHA-256, so that two long labels stay two.
/// </summary>
public sealed record SiteLabel
{
    private const int LongestId = 128;

    private const int LongestInstance = 40;

    private const int HashDigits = 6;

    private SiteLabel(string text, string id, InstanceName instance) => (Text, Id, Instance) = (text, id, instance);

    /// <summary>As it was written.</summary>
    public string Text { get; }

    public string Id { get; }

    public InstanceName Instance { get; }

    /// <returns><see langword="false"/>: the label holds no letter and no digit.</returns>
    public static bool TryParse(string text, out SiteLabel? label)
    {
        var id = IdOf(text);
        label = id.Length == 0 ? null : new SiteLabel(text, id, InstanceName.Parse(InstanceOf(id)));
        return label is not null;
    }

    public override string ToString() => Text;

    private static string IdOf(string text)
    {
        var id = new StringBuilder();
        foreach (var sign in string.Join('_', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ToLowerInvariant())
        {
            if (char.IsAsciiLetterLower(sign) || char.IsAsciiDigit(sign) || sign is '.' or '-' or '_')
            {
                id.Append(sign);
            }
        }

        var bounded = id.ToString().Trim('.', '-', '_');
        return bounded.Length <= LongestId ? bounded : bounded[..LongestId].TrimEnd('.', '-', '_');
    }

    private static string InstanceOf(string id)
    {
        var name = string.Join('-', id.Split(['.', '_', '-'], StringSplitOptions.RemoveEmptyEntries));
        if (!char.IsAsciiLetterLower(name[0]))
        {
            name = $"app-{name}";
        }

        return name.Length <= LongestInstance ? name : Shorten(name, id);
    }

    private static string Shorten(string name, string id)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(id)))[..HashDigits];
        return $"{name[..(LongestInstance - HashDigits - 1)].TrimEnd('-')}-{hash}";
    }
}
