namespace Nua.Agent.Sbom.Readers;

/// <summary>Reads paragraphs of fields, as Debian and Python write them: <c>Name: value</c>, continued lines indented.</summary>
internal static class ControlFile
{
    /// <summary>The paragraphs; of a field with several lines, the first, and of a field given twice, the first.</summary>
    public static IEnumerable<IReadOnlyDictionary<string, string>> Parse(string text)
    {
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in text.Split('\n').Select(line => line.TrimEnd('\r')))
        {
            if (string.IsNullOrWhiteSpace(line) && fields.Count > 0)
            {
                yield return fields;
                fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            }
            else if (line.IndexOf(':') is > 0 and var colon && !char.IsWhiteSpace(line[0]))
            {
                fields.TryAdd(line[..colon], line[(colon + 1)..].Trim());
            }
        }

        if (fields.Count > 0)
        {
            yield return fields;
        }
    }
}
